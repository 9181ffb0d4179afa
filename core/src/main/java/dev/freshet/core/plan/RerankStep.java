package dev.freshet.core.plan;

import dev.freshet.core.profile.RankingProfile;
import java.time.Duration;

/**
 * The second look.
 *
 * @param reranker by name, or {@code none}
 * @param depth candidates that are looked at
 * @param weight of it in the score; the rest is the fused score
 * @param timeout for it, reading what it needs included
 */
public record RerankStep(String reranker, int depth, double weight, Duration timeout) {
    /** Whether there is a second look. */
    public boolean wanted() {
        return !reranker.equals(RankingProfile.Rerank.NONE) && weight > 0;
    }
}
