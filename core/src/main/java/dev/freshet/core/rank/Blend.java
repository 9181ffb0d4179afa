package dev.freshet.core.rank;

import dev.freshet.core.fuse.Fused;
import dev.freshet.core.rank.RankingSummary.SecondLook;
import dev.freshet.core.search.FoundChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blends the second look into the order: {@code (1 - weight) * fused + weight * minmax(reranked)}. A candidate that was not looked at has 0
 * for the second part, so it stays behind those that were before it.
 */
public final class Blend {
    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingDouble(Ranked::score)
            .reversed()
            .thenComparing(ranked -> ranked.chunk().chunkId());

    private Blend() {}

    /**
     * What the scores of a second look are blended by; null where it looked at nothing.
     *
     * @param scores of the reranker; {@link Double#NaN} of a candidate that it did not look at
     * @param weight of them, from 0 to 1
     */
    public static @Nullable SecondLook secondLook(String reranker, double[] scores, double weight) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            if (!Double.isNaN(score)) {
                lowest = Math.min(lowest, score);
                highest = Math.max(highest, score);
            }
        }
        return lowest > highest ? null : new SecondLook(reranker, weight, lowest, highest);
    }

    /**
     * The order after the second look.
     *
     * @param fused best first
     * @param scores of the reranker, of the first of them
     * @param second null where there was none: the order is as it was
     */
    public static List<Ranked> order(List<Fused<FoundChunk>> fused, double[] scores, @Nullable SecondLook second) {
        List<Ranked> ranked = new ArrayList<>(fused.size());
        for (int i = 0; i < fused.size(); i++) {
            Fused<FoundChunk> candidate = fused.get(i);
            double reranked = second != null && i < scores.length ? scores[i] : Double.NaN;
            double score = second == null ? candidate.score() : second.blended(candidate.score(), reranked);
            double normalized = second == null ? 0 : second.normalized(reranked);
            ranked.add(new Ranked(
                    candidate.thing(),
                    score,
                    new Ranked.Numbers(candidate.lists(), candidate.signal(), candidate.score(), reranked, normalized),
                    List.of()));
        }
        ranked.sort(BEST_FIRST);
        return ranked;
    }
}
