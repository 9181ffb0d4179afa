package dev.freshet.core.rank;

import dev.freshet.core.plan.DiversityStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes out hits that say what a better one says, or that are one too many of their document. */
public final class Diversity {
    private Diversity() {}

    /**
     * The hits that are left, in their order; with {@link DiversityStep#diversifies} in that of maximal marginal relevance.
     *
     * @param ranked best first
     * @param vectors by chunk id, of length 1; without them nothing but equal texts is collapsed, and nothing is moved
     */
    public static List<Ranked> thin(List<Ranked> ranked, DiversityStep step, Map<String, float[]> vectors) {
        List<Ranked> hits = step.collapses() ? collapsed(ranked, step.collapseAbove(), vectors) : ranked;
        if (step.diversifies()) {
            hits = MarginalRelevance.order(hits, step.mmr(), vectors);
        }
        return perDocument(hits, step.chunksPerDocument());
    }

    private static List<Ranked> collapsed(List<Ranked> ranked, double above, Map<String, float[]> vectors) {
        Duplicates duplicates = new Duplicates(above, vectors);
        List<Ranked> hits = new ArrayList<>(ranked.size());
        Map<String, List<String>> others = new HashMap<>();
        for (Ranked candidate : ranked) {
            Ranked first = duplicates.repeated(candidate);
            if (first == null) {
                hits.add(candidate);
            } else {
                others.computeIfAbsent(first.chunk().chunkId(), none -> new ArrayList<>())
                        .add(candidate.chunk().chunkId());
            }
        }
        List<Ranked> collapsed = new ArrayList<>(hits.size());
        for (Ranked hit : hits) {
            List<String> same = others.get(hit.chunk().chunkId());
            collapsed.add(same == null ? hit : hit.with(same));
        }
        return collapsed;
    }

    private static List<Ranked> perDocument(List<Ranked> hits, int most) {
        if (most == Integer.MAX_VALUE) {
            return hits;
        }
        Map<String, Integer> taken = new HashMap<>();
        List<Ranked> left = new ArrayList<>();
        for (Ranked hit : hits) {
            if (taken.merge(hit.chunk().documentId(), 1, Integer::sum) <= most) {
                left.add(hit);
            }
        }
        return left;
    }
}
