package dev.freshet.engines.embedding;

/** Vectors of length 1, whose dot product is their cosine. */
final class UnitVector {
    private UnitVector() {}

    /** Whether the vector has a direction: every component finite, not all of them zero. */
    static boolean exists(float[] vector) {
        double square = squaredLength(vector);
        return Double.isFinite(square) && square > 0;
    }

    /** Scales in place. */
    static float[] of(float[] vector) {
        float scale = (float) (1 / Math.sqrt(squaredLength(vector)));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    private static double squaredLength(float[] vector) {
        double sum = 0;
        for (float component : vector) {
            sum += (double) component * component;
        }
        return sum;
    }
}
