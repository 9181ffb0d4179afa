package dev.freshet.engines.embedding;

import java.util.Arrays;
import java.util.Locale;

/** How the vectors of a text's tokens become the one vector of the text. */
enum Pooling {
    MEAN {
        @Override
        float[] pool(float[] tokenVectors, int dimension) {
            float[] sum = new float[dimension];
            for (int start = 0; start < tokenVectors.length; start += dimension) {
                for (int i = 0; i < dimension; i++) {
                    sum[i] += tokenVectors[start + i];
                }
            }
            return sum;
        }
    },
    CLS {
        @Override
        float[] pool(float[] tokenVectors, int dimension) {
            return Arrays.copyOf(tokenVectors, dimension);
        }
    };

    /**
     * The direction of the text's vector.
     *
     * @param tokenVectors one after the other
     * @return a new vector of any length
     */
    abstract float[] pool(float[] tokenVectors, int dimension);

    String identity() {
        return name().toLowerCase(Locale.ROOT);
    }
}
