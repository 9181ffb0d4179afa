package dev.freshet.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Compares a query with every vector, by dot product. */
final class ExactNeighbours {
    /** What OpenSearch may round otherwise. */
    private static final double ROUNDING = 1e-6;

    private final List<float[]> vectors;

    ExactNeighbours(List<float[]> vectors) {
        this.vectors = List.copyOf(vectors);
    }

    /**
     * The numbers of the nearest vectors.
     *
     * @param count more where others are as near as the last one
     */
    Set<Integer> of(float[] query, int count) {
        double[] products = IntStream.range(0, vectors.size())
                .parallel()
                .mapToDouble(i -> FloatMaxSim.product(query, 0, vectors.get(i), 0, query.length))
                .toArray();
        double[] sorted = products.clone();
        Arrays.sort(sorted);
        double least = sorted[Math.max(0, sorted.length - count)] - ROUNDING;
        Set<Integer> nearest = new HashSet<>();
        for (int i = 0; i < products.length; i++) {
            if (products[i] >= least) {
                nearest.add(i);
            }
        }
        return nearest;
    }

    /** The share of the nearest that was found, of at most so many. */
    static double recall(Set<Integer> nearest, Collection<Integer> found, int count) {
        long right = found.stream().distinct().filter(nearest::contains).count();
        return (double) right / Math.min(count, nearest.size());
    }
}
