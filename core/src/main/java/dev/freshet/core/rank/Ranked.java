package dev.freshet.core.rank;

import dev.freshet.core.fuse.ListScore;
import dev.freshet.core.search.FoundChunk;
import java.util.List;
import java.util.Map;

/**
 * A chunk in the final order.
 *
 * @param score of the order, from 0 to 1
 * @param numbers what the score came from
 * @param duplicates ids of the chunks that are the same hit
 */
public record Ranked(FoundChunk chunk, double score, Numbers numbers, List<String> duplicates) {
    public Ranked {
        duplicates = List.copyOf(duplicates);
    }

    /**
     * What a score came from.
     *
     * @param lists what the legs that found the chunk said of it, by their names
     * @param freshness from 0 to 1; 0 where it does not count
     * @param fused the score before the second look
     * @param reranked what the reranker said; {@link Double#NaN} where it did not look at the chunk
     * @param rerankedNormalized the same from 0 to 1; 0 where it did not look
     */
    public record Numbers(
            Map<String, ListScore> lists, double freshness, double fused, double reranked, double rerankedNormalized) {}

    Ranked with(List<String> others) {
        return new Ranked(chunk, score, numbers, others);
    }
}
