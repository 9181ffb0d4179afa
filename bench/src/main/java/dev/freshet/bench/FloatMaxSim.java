package dev.freshet.bench;

/** MaxSim over token vectors as the encoder gives them, of which nothing was rounded. */
final class FloatMaxSim {
    private FloatMaxSim() {}

    static double score(float[] query, float[] passage, int dimension) {
        double[] lengths = lengths(passage, dimension);
        double[] queryLengths = lengths(query, dimension);
        double score = 0;
        for (int token = 0; token < queryLengths.length; token++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int other = 0; other < lengths.length; other++) {
                double product = product(query, token * dimension, passage, other * dimension, dimension);
                best = Math.max(best, product / lengths[other]);
            }
            score += best / queryLengths[token];
        }
        return score;
    }

    private static double[] lengths(float[] vectors, int dimension) {
        double[] lengths = new double[vectors.length / dimension];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = Math.sqrt(product(vectors, i * dimension, vectors, i * dimension, dimension));
        }
        return lengths;
    }

    /** Four sums, so that no addition waits for the one before it. */
    static double product(float[] one, int first, float[] other, int second, int dimension) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < dimension; i += 4) {
            a += one[first + i] * other[second + i];
            b += one[first + i + 1] * other[second + i + 1];
            c += one[first + i + 2] * other[second + i + 2];
            d += one[first + i + 3] * other[second + i + 3];
        }
        return (double) a + b + c + d;
    }
}
