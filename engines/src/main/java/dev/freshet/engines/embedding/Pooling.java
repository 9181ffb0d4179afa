package dev.freshet.engines.embedding;

import java.util.Locale;

/** How the vectors of a text's tokens become the one vector of the text. */
enum Pooling {
    MEAN {
        @Override
        void pool(float[] tokenVectors, int offset, int tokens, float[] into) {
            for (int token = 0; token < tokens; token++) {
                int start = offset + token * into.length;
                for (int i = 0; i < into.length; i++) {
                    into[i] += tokenVectors[start + i];
                }
            }
        }
    },
    CLS {
        @Override
        void pool(float[] tokenVectors, int offset, int tokens, float[] into) {
            System.arraycopy(tokenVectors, offset, into, 0, into.length);
        }
    };

    /**
     * Writes the direction of the text's vector; its length is left to the caller.
     *
     * @param tokenVectors of one batch, row by row
     * @param offset where the text's first token vector starts
     * @param tokens of the text, without padding
     * @param into zeroes
     */
    abstract void pool(float[] tokenVectors, int offset, int tokens, float[] into);

    String identity() {
        return name().toLowerCase(Locale.ROOT);
    }
}
