package dev.freshet.core.embed;

/** Vectors of length 1, whose dot product is their cosine. */
public final class UnitVector {
    private static final double ROUNDING = 1e-3;

    private UnitVector() {}

    /** Whether the vector has a direction: every component finite, not all of them zero or next to it. */
    public static boolean exists(float[] vector) {
        double square = squaredLength(vector);
        return Double.isFinite(square) && Float.isFinite((float) (1 / Math.sqrt(square)));
    }

    /** Scales in place, and returns the same array; the vector must {@link #exists have a direction}. */
    public static float[] of(float[] vector) {
        float scale = (float) (1 / Math.sqrt(squaredLength(vector)));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    /** Whether the vector has length 1, but for what rounding may have cost it. */
    public static boolean is(float[] vector) {
        return Math.abs(squaredLength(vector) - 1) <= ROUNDING;
    }

    private static double squaredLength(float[] vector) {
        double sum = 0;
        for (float component : vector) {
            sum += (double) component * component;
        }
        return sum;
    }
}
