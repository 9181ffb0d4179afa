package dev.freshet.eval.score;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measures of one query in one mode.
 *
 * @param metrics by name
 * @param retrieved how many documents were
 * @param refusal why the API will never answer this query; null when it did
 */
public record QueryScore(
        String mode,
        String queryId,
        Map<String, Double> metrics,
        int retrieved,
        double latencyMillis,
        boolean degraded,
        @Nullable String refusal) {}
