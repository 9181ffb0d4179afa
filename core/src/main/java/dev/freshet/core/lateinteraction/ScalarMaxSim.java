package dev.freshet.core.lateinteraction;

/** For every Java runtime. */
final class ScalarMaxSim implements MaxSim {
    @Override
    public double score(QueryTokens query, TokenVectors passage) {
        PassageWords.check(query, passage);
        if (passage.count() == 0) {
            return 0;
        }
        int words = query.words();
        long[] vectors = PassageWords.rows(passage);
        double score = 0;
        for (int token = 0; token < query.count(); token++) {
            score += query.cosine(token, best(query.slices(), token * QueryTokens.BITS * words, vectors, words));
        }
        return score;
    }

    private static int best(long[] slices, int first, long[] vectors, int words) {
        int best = Integer.MIN_VALUE;
        for (int vector = 0; vector < vectors.length; vector += words) {
            best = Math.max(best, product(slices, first, vectors, vector, words));
        }
        return best;
    }

    /** In two's complement the highest bit counts negative. */
    private static int product(long[] slices, int first, long[] vectors, int vector, int words) {
        int product = -bits(slices, first, vectors, vector, words);
        for (int slice = 1; slice < QueryTokens.BITS; slice++) {
            product = 2 * product + bits(slices, first + slice * words, vectors, vector, words);
        }
        return product;
    }

    private static int bits(long[] slices, int slice, long[] vectors, int vector, int words) {
        int bits = 0;
        for (int word = 0; word < words; word++) {
            bits += Long.bitCount(slices[slice + word] & vectors[vector + word]);
        }
        return bits;
    }
}
