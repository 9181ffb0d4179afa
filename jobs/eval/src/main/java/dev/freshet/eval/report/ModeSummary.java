package dev.freshet.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.eval.score.QueryScore;
import java.util.List;

/** What the report says about one mode. */
final class ModeSummary {
    private static final int MOST_REFUSALS = 10;
    private static final double ROUNDING = 1e5;

    private final List<QueryScore> scores;

    ModeSummary(List<QueryScore> scores) {
        this.scores = scores;
    }

    void write(ObjectNode mode) {
        mode.put("queries", scores.size());
        for (String metric : scores.getFirst().metrics().keySet()) {
            mode.put(metric, mean(metric));
        }
        mode.put(
                "empty_retrieval_rate",
                share(scores.stream().filter(score -> score.retrieved() == 0).count()));
        mode.put("degraded", scores.stream().filter(QueryScore::degraded).count());
        ObjectNode latency = mode.putObject("latency_ms");
        latency.put("p50", latency(0.50));
        latency.put("p95", latency(0.95));
        List<QueryScore> refused =
                scores.stream().filter(score -> score.refusal() != null).toList();
        mode.put("refused", refused.size());
        ArrayNode refusals = mode.putArray("refusals");
        refused.stream()
                .limit(MOST_REFUSALS)
                .forEach(score ->
                        refusals.addObject().put("query_id", score.queryId()).put("reason", score.refusal()));
    }

    private double mean(String metric) {
        return rounded(scores.stream()
                .mapToDouble(score -> score.metrics().getOrDefault(metric, 0.0))
                .average()
                .orElse(0));
    }

    private double share(long count) {
        return rounded((double) count / scores.size());
    }

    /** Nearest-rank percentile. */
    private double latency(double quantile) {
        double[] sorted =
                scores.stream().mapToDouble(QueryScore::latencyMillis).sorted().toArray();
        return rounded(sorted[(int) Math.ceil(quantile * sorted.length) - 1]);
    }

    private static double rounded(double value) {
        return Math.round(value * ROUNDING) / ROUNDING;
    }
}
