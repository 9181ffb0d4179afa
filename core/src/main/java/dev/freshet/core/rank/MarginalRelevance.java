package dev.freshet.core.rank;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Maximal marginal relevance (Carbonell, Goldstein, SIGIR 1998): next comes the hit for which {@code lambda * score - (1 - lambda) * cosine} is
 * greatest, with the cosine to the nearest hit before it.
 */
final class MarginalRelevance {
    private MarginalRelevance() {}

    /** Hits without a vector come behind those that have one, in their order. */
    static List<Ranked> order(List<Ranked> ranked, double lambda, Map<String, float[]> vectors) {
        List<Ranked> known = new ArrayList<>();
        List<float[]> of = new ArrayList<>();
        List<Ranked> unknown = new ArrayList<>();
        for (Ranked hit : ranked) {
            float[] vector = vectors.get(hit.chunk().chunkId());
            if (vector == null) {
                unknown.add(hit);
            } else {
                known.add(hit);
                of.add(vector);
            }
        }
        List<Ranked> ordered = new ArrayList<>(ranked.size());
        boolean[] taken = new boolean[known.size()];
        double[] nearest = new double[known.size()];
        for (int count = 0; count < known.size(); count++) {
            int next = next(known, taken, nearest, lambda);
            taken[next] = true;
            ordered.add(known.get(next));
            for (int i = 0; i < taken.length; i++) {
                double cosine = Vectors.cosine(of.get(next), of.get(i));
                nearest[i] = count == 0 ? cosine : Math.max(nearest[i], cosine);
            }
        }
        ordered.addAll(unknown);
        return ordered;
    }

    private static int next(List<Ranked> hits, boolean[] taken, double[] nearest, double lambda) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < taken.length; i++) {
            double worth = lambda * hits.get(i).score() - (1 - lambda) * nearest[i];
            if (!taken[i] && (best < 0 || worth > most)) {
                most = worth;
                best = i;
            }
        }
        return best;
    }
}
