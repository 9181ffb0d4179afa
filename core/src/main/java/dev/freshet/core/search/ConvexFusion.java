package dev.freshet.core.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fuses legs by a weighted mean of their min-max normalised scores (Bruch, Gai, Ingber: An Analysis of Fusion Functions
 * for Hybrid Retrieval, 2023). The weights of the legs that answered are scaled to a sum of 1. A chunk that a leg did not
 * find has 0 there; where all scores of a leg are equal, each counts 1.
 */
public record ConvexFusion(Map<Leg, Double> weights) {
    private static final Comparator<FusedChunk> BEST_FIRST = Comparator.comparingDouble(FusedChunk::score)
            .reversed()
            .thenComparing(fused -> fused.chunk().chunkId());

    public ConvexFusion {
        weights.forEach((leg, weight) -> {
            if (!(weight >= 0) || weight.isInfinite()) {
                throw new IllegalArgumentException(
                        "the weight of leg " + leg.label() + " must be a number from 0, but is " + weight);
            }
        });
        weights = Map.copyOf(weights);
    }

    /** Every leg counts the same. */
    public static ConvexFusion balanced() {
        return new ConvexFusion(Map.of(Leg.VECTOR, 0.5, Leg.KEYWORD, 0.5));
    }

    /** All chunks that a leg found, best first; equal scores in the order of the chunks' ids. */
    public List<FusedChunk> fuse(List<LegOutcome.Found> legs) {
        Map<Leg, Double> scaled = scaled(legs);
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        for (LegOutcome.Found leg : legs) {
            collect(leg, candidates);
        }
        List<FusedChunk> fused = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates.values()) {
            fused.add(candidate.fused(scaled));
        }
        fused.sort(BEST_FIRST);
        return fused;
    }

    /** The formula in words, such as {@code 0.50 * minmax(vector) + 0.50 * minmax(keyword)}. */
    public String formula(List<LegOutcome.Found> legs) {
        Map<Leg, Double> scaled = scaled(legs);
        return legs.stream()
                .map(leg -> String.format(
                        Locale.ROOT,
                        "%.2f * minmax(%s)",
                        scaled.get(leg.leg()),
                        leg.leg().label()))
                .collect(Collectors.joining(" + "));
    }

    private Map<Leg, Double> scaled(List<LegOutcome.Found> legs) {
        double sum = 0;
        for (LegOutcome.Found leg : legs) {
            sum += weights.getOrDefault(leg.leg(), 0.0);
        }
        Map<Leg, Double> scaled = new EnumMap<>(Leg.class);
        for (LegOutcome.Found leg : legs) {
            // Only legs without weight answered: they are all there is.
            double weight = sum == 0 ? 1.0 / legs.size() : weights.getOrDefault(leg.leg(), 0.0) / sum;
            scaled.put(leg.leg(), weight);
        }
        return scaled;
    }

    private static void collect(LegOutcome.Found leg, Map<String, Candidate> candidates) {
        double highest = Double.NEGATIVE_INFINITY;
        double lowest = Double.POSITIVE_INFINITY;
        for (ScoredChunk scored : leg.chunks()) {
            highest = Math.max(highest, scored.score());
            lowest = Math.min(lowest, scored.score());
        }
        int rank = 0;
        for (ScoredChunk scored : leg.chunks()) {
            rank++;
            double normalized = highest == lowest ? 1 : (scored.score() - lowest) / (highest - lowest);
            candidates
                    .computeIfAbsent(scored.chunk().chunkId(), id -> new Candidate(scored.chunk()))
                    .legs
                    .putIfAbsent(leg.leg(), new LegScore(rank, scored.score(), normalized));
        }
    }

    private static final class Candidate {
        private final FoundChunk chunk;
        private final Map<Leg, LegScore> legs = new EnumMap<>(Leg.class);

        Candidate(FoundChunk chunk) {
            this.chunk = chunk;
        }

        FusedChunk fused(Map<Leg, Double> weights) {
            double score = 0;
            for (var leg : legs.entrySet()) {
                score +=
                        weights.getOrDefault(leg.getKey(), 0.0) * leg.getValue().normalized();
            }
            return new FusedChunk(chunk, score, legs);
        }
    }
}
