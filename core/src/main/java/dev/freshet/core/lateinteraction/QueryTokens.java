package dev.freshet.core.lateinteraction;

/**
 * The token vectors of a query, ready to be compared with bits: centred, brought to length 1, weighted by what a bit stands for
 * in every dimension, rounded to signed integers of {@link #BITS} bits, and those cut into slices: slice {@code s} holds bit {@code s} of all dimensions, so that a product with
 * one-bit vectors is a sum of population counts. The query keeps more bits than passages do since it is not stored.
 */
public final class QueryTokens {
    /** Of an integer, the sign included. */
    static final int BITS = 6;

    private static final int LARGEST = (1 << (BITS - 1)) - 1;

    private final int dimension;
    private final int count;
    private final int words;
    /** By token, by slice from the highest, the one of the signs, to the lowest. */
    private final long[] slices;
    /** Of a token: the sum of its integers. */
    private final int[] sums;
    /** Of a token: what makes a product with integers and signs a cosine. */
    private final double[] scales;

    private QueryTokens(int dimension, int count) {
        this.dimension = dimension;
        this.count = count;
        this.words = words(dimension);
        this.slices = new long[count * BITS * words];
        this.sums = new int[count];
        this.scales = new double[count];
    }

    /**
     * Prepares a query.
     *
     * @param tokenVectors of the query's tokens, one after the other
     * @param statistics of the model that made the vectors; those that the passages were quantised with
     */
    public static QueryTokens of(float[] tokenVectors, TokenStatistics statistics) {
        int dimension = statistics.dimension();
        int count = tokenVectors.length / dimension;
        if (count * dimension != tokenVectors.length) {
            throw new IllegalArgumentException(
                    "%d floats are no vectors of %d dimensions".formatted(tokenVectors.length, dimension));
        }
        QueryTokens query = new QueryTokens(dimension, count);
        double[] centred = new double[dimension];
        for (int token = 0; token < count; token++) {
            for (int i = 0; i < dimension; i++) {
                centred[i] = tokenVectors[token * dimension + i] - statistics.mean()[i];
            }
            query.round(token, centred, statistics.spread());
        }
        return query;
    }

    private void round(int token, double[] centred, float[] spread) {
        double largest = 0;
        double square = 0;
        double spreadSquare = 0;
        for (int i = 0; i < dimension; i++) {
            largest = Math.max(largest, Math.abs(centred[i] * spread[i]));
            square += centred[i] * centred[i];
            spreadSquare += (double) spread[i] * spread[i];
        }
        if (largest == 0) {
            return;
        }
        for (int i = 0; i < dimension; i++) {
            int rounded = (int) Math.round(centred[i] * spread[i] / largest * LARGEST);
            sums[token] += rounded;
            for (int slice = 0; slice < BITS; slice++) {
                long bit = (rounded >> (BITS - 1 - slice)) & 1;
                slices[(token * BITS + slice) * words + (i >> 6)] |= bit << (i & 63);
            }
        }
        scales[token] = largest / LARGEST / Math.sqrt(square) / Math.sqrt(spreadSquare);
    }

    static int words(int dimension) {
        return (dimension + Long.SIZE - 1) / Long.SIZE;
    }

    /** The number of tokens. */
    public int count() {
        return count;
    }

    /** The dimension of its vectors, and of the passages' that it can be compared with. */
    public int dimension() {
        return dimension;
    }

    /** The words of a slice, and of a passage's vector. */
    int words() {
        return words;
    }

    long[] slices() {
        return slices;
    }

    /**
     * The cosine of a query token and what the bits of a passage's token stand for, which have this product with it.
     *
     * @param product sum of the token's integers where the passage's bit is set
     */
    double cosine(int token, long product) {
        // Bits are 0 and 1, signs -1 and 1.
        return scales[token] * (2 * product - sums[token]);
    }
}
