package dev.freshet.core.rank;

/** Vectors of length 1. */
final class Vectors {
    private Vectors() {}

    static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
