package dev.freshet.core.lateinteraction;

import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Compares a query token with as many tokens of the passage at a time as a SIMD register has words. */
final class VectorMaxSim implements MaxSim {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public double score(QueryTokens query, TokenVectors passage) {
        PassageWords.check(query, passage);
        if (passage.count() == 0) {
            return 0;
        }
        long[] best = best(query, PassageWords.columns(passage, LANES));
        double score = 0;
        for (int token = 0; token < query.count(); token++) {
            score += query.cosine(
                    token, LongVector.fromArray(SPECIES, best, token * LANES).reduceLanes(VectorOperators.MAX));
        }
        return score;
    }

    /** For every query token and lane the largest product. */
    private static long[] best(QueryTokens query, long[] columns) {
        int words = query.words();
        long[] slices = query.slices();
        long[] best = new long[query.count() * LANES];
        Arrays.fill(best, Integer.MIN_VALUE);
        for (int group = 0; group < columns.length; group += words * LANES) {
            for (int token = 0; token < query.count(); token++) {
                LongVector products = products(slices, token * QueryTokens.BITS * words, columns, group, words);
                LongVector.fromArray(SPECIES, best, token * LANES).max(products).intoArray(best, token * LANES);
            }
        }
        return best;
    }

    /** In two's complement the highest bit counts negative. */
    private static LongVector products(long[] slices, int first, long[] columns, int group, int words) {
        LongVector products = bits(slices, first, columns, group, words).neg();
        for (int slice = 1; slice < QueryTokens.BITS; slice++) {
            products = products.add(products).add(bits(slices, first + slice * words, columns, group, words));
        }
        return products;
    }

    private static LongVector bits(long[] slices, int slice, long[] columns, int group, int words) {
        LongVector bits = LongVector.zero(SPECIES);
        for (int word = 0; word < words; word++) {
            bits = bits.add(LongVector.fromArray(SPECIES, columns, group + word * LANES)
                    .and(slices[slice + word])
                    .lanewise(VectorOperators.BIT_COUNT));
        }
        return bits;
    }
}
