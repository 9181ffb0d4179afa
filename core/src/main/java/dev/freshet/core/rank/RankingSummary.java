package dev.freshet.core.rank;

import dev.freshet.core.fuse.ListScore;
import dev.freshet.core.fuse.ListStatistics;
import dev.freshet.core.fuse.Normalisation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that all scores of an answer came from, beside those of each hit.
 *
 * @param lists what was fused
 * @param freshnessShare of freshness in the fused score
 * @param second what the second look's scores were blended by; null where there was none
 */
public record RankingSummary(
        List<ListStatistics> lists,
        double freshnessShare,
        @Nullable SecondLook second) {
    public RankingSummary {
        lists = List.copyOf(lists);
    }

    /**
     * How a reranker's scores went into the order.
     *
     * @param weight of them; the rest is the fused score
     * @param lowest of its scores
     * @param highest of its scores
     */
    public record SecondLook(String reranker, double weight, double lowest, double highest) {
        /** A reranker's score from 0 to 1; 0 for a candidate that it did not look at. */
        double normalized(double score) {
            if (Double.isNaN(score)) {
                return 0;
            }
            return highest == lowest ? 1 : Math.clamp((score - lowest) / (highest - lowest), 0, 1);
        }

        /** The final score. */
        double blended(double fused, double score) {
            return (1 - weight) * fused + weight * normalized(score);
        }
    }

    /**
     * What one list said of a chunk.
     *
     * @param list its place among the lists
     */
    record Heard(int list, int rank, double score) {}

    /** The score of a chunk, and what it came from. */
    Scored scored(Normalisation normalisation, List<Heard> heard, double freshness, double reranked) {
        Map<String, ListScore> scores = LinkedHashMap.newLinkedHashMap(heard.size());
        double fused = freshnessShare * freshness;
        for (Heard of : heard) {
            ListStatistics list = lists.get(of.list());
            double normalized = normalisation.of(of.rank(), of.score(), list);
            scores.put(list.name(), new ListScore(of.rank(), of.score(), normalized));
            fused += list.share() * normalized;
        }
        double score = second == null ? fused : second.blended(fused, reranked);
        double normalized = second == null ? 0 : second.normalized(reranked);
        return new Scored(score, new Ranked.Numbers(scores, freshness, fused, reranked, normalized));
    }

    /** A score, and what it came from. */
    record Scored(double score, Ranked.Numbers numbers) {}
}
