package dev.freshet.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How much more one of two has than the other in the mean, and where that lies in 95 of 100 samples of as many pairs, drawn with
 * replacement (percentile bootstrap: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Equal values give an equal
 * answer: the seed is fixed.
 */
record MeanDifference(double mean, double low, double high) {
    private static final int SAMPLES = 10_000;
    private static final double TAIL = 0.025;
    private static final long SEED = 20_260_101;

    /** Of values that belong together by their place. */
    static MeanDifference of(List<Double> ones, List<Double> others) {
        if (ones.isEmpty() || ones.size() != others.size()) {
            throw new IllegalArgumentException("%d values beside %d".formatted(ones.size(), others.size()));
        }
        double[] differences = new double[ones.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = ones.get(i) - others.get(i);
        }
        double[] means = means(differences);
        Arrays.sort(means);
        return new MeanDifference(
                Arrays.stream(differences).sum() / differences.length,
                means[(int) Math.floor(TAIL * (SAMPLES - 1))],
                means[(int) Math.ceil((1 - TAIL) * (SAMPLES - 1))]);
    }

    private static double[] means(double[] differences) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[sample] = sum / differences.length;
        }
        return means;
    }

    /** Such as {@code +0.012 (-0.003 to +0.027)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%+.4f (%+.4f to %+.4f)", mean, low, high);
    }
}
