package dev.freshet.engines.embedding.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the vectors of a text's tokens become the one vector of the text. */
public enum Pooling {
    /** Their sum, which has the direction of their mean. */
    MEAN {
        @Override
        public float[] pool(float[] tokenVectors, int from, int to, int dimension) {
            float[] sum = new float[dimension];
            for (int start = from; start < to; start += dimension) {
                for (int i = 0; i < dimension; i++) {
                    sum[i] += tokenVectors[start + i];
                }
            }
            return sum;
        }
    },
    /** That of the first token. */
    CLS {
        @Override
        public float[] pool(float[] tokenVectors, int from, int to, int dimension) {
            return Arrays.copyOfRange(tokenVectors, from, from + dimension);
        }
    },
    /** That of the last token. */
    LAST {
        @Override
        public float[] pool(float[] tokenVectors, int from, int to, int dimension) {
            return Arrays.copyOfRange(tokenVectors, to - dimension, to);
        }
    },
    /** In every dimension the largest value. */
    MAX {
        @Override
        public float[] pool(float[] tokenVectors, int from, int to, int dimension) {
            float[] largest = Arrays.copyOfRange(tokenVectors, from, from + dimension);
            for (int start = from + dimension; start < to; start += dimension) {
                for (int i = 0; i < dimension; i++) {
                    largest[i] = Math.max(largest[i], tokenVectors[start + i]);
                }
            }
            return largest;
        }
    },
    /** The graph gives one vector of the whole text: there is nothing to pool. */
    NONE {
        @Override
        public float[] pool(float[] tokenVectors, int from, int to, int dimension) {
            return Arrays.copyOfRange(tokenVectors, from, from + dimension);
        }
    };

    /**
     * The direction of the text's vector.
     *
     * @param tokenVectors one after the other, of one text or of several
     * @param from where the first of this text begins
     * @param to where the last of this text ends
     * @return a new vector of any length
     */
    public abstract float[] pool(float[] tokenVectors, int from, int to, int dimension);

    /** The name in an index and on the command line. */
    public String identity() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names on the command line. */
    static List<String> names() {
        return Arrays.stream(values()).map(Pooling::identity).toList();
    }
}
