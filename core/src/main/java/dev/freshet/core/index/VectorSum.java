package dev.freshet.core.index;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of the vectors of a document's chunks, which moves on with every chunk that comes or goes. Components are added as fixed-point
 * numbers: the sum is that of the chunks that are left, to the last bit, by whatever changes the document came to them.
 *
 * @param components each a multiple of 2<sup>-32</sup>
 * @param vectors how many were added
 */
@SuppressWarnings("ArrayRecordComponent") // compared by sameAs
public record VectorSum(long[] components, int vectors) {
    /** Of no vectors. */
    public static final VectorSum NONE = new VectorSum(new long[0], 0);

    private static final double ONE = 0x1p32;

    public VectorSum {
        components = components == null ? new long[0] : components;
    }

    /** The sum of these; a null among them counts as none. */
    public static VectorSum of(List<float @Nullable []> vectors) {
        Sums sums = new Sums(NONE);
        vectors.forEach(vector -> sums.add(vector, 1));
        return sums.sum();
    }

    /** Where the vectors point to together, with length 1; null where there is none, or where they cancel each other out. */
    public float @Nullable [] mean() {
        double squares = 0;
        for (long component : components) {
            squares += (double) component * component;
        }
        if (vectors == 0 || squares == 0) {
            return null;
        }
        double length = Math.sqrt(squares);
        float[] mean = new float[components.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (components[i] / length);
        }
        return mean;
    }

    public boolean sameAs(VectorSum other) {
        return vectors == other.vectors && Arrays.equals(components, other.components);
    }

    /** Adds and subtracts vectors. */
    public static final class Sums {
        private long[] components;
        private int vectors;

        public Sums(VectorSum start) {
            components = start.components.clone();
            vectors = start.vectors;
        }

        /**
         * Adds a vector so often, or takes it away where the number is negative. Null changes nothing.
         */
        public void add(float @Nullable [] vector, int times) {
            if (vector == null) {
                return;
            }
            if (vector.length > components.length) {
                components = Arrays.copyOf(components, vector.length);
            }
            vectors += times;
            for (int i = 0; i < vector.length; i++) {
                components[i] += times * Math.round(vector[i] * ONE);
            }
        }

        public VectorSum sum() {
            return vectors == 0 ? NONE : new VectorSum(components.clone(), vectors);
        }
    }
}
