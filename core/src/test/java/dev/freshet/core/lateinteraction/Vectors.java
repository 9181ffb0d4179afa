package dev.freshet.core.lateinteraction;

import java.util.Arrays;
import java.util.Random;

/** Made-up token vectors. */
final class Vectors {
    private Vectors() {}

    static float[] tokens(Random random, int count, int dimension) {
        float[] tokens = new float[count * dimension];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextGaussian();
        }
        return tokens;
    }

    static TokenStatistics statistics(Random random, int dimension) {
        float[] spread = tokens(random, 1, dimension);
        for (int i = 0; i < dimension; i++) {
            spread[i] = 1 + Math.abs(spread[i]);
        }
        return TokenStatistics.of(tokens(random, 1, dimension), spread);
    }

    /** Every bit stands for a distance of 1. */
    static TokenStatistics around(float... mean) {
        float[] spread = new float[mean.length];
        Arrays.fill(spread, 1);
        return TokenStatistics.of(mean, spread);
    }

    /** 0 or 1, read from the stored bytes as their layout says. */
    static int bit(TokenVectors vectors, int vector, int dimension) {
        return vectors.bytes()[TokenVectors.HEADER + vector * vectors.stride() + dimension / 8] >> (dimension % 8) & 1;
    }
}
