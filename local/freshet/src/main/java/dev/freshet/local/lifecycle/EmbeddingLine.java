package dev.freshet.local.lifecycle;

import dev.freshet.core.cost.MetricLabel;
import dev.freshet.local.flink.JobMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What embedding cost since the job started, as its metrics count it.
 *
 * @param tokensPaid tokens of everything that models answered, also of what was not used
 * @param tokensUnused those of them that went into no vector
 * @param tenants by tenant and model, those that cost the most first
 */
record EmbeddingLine(long tokensPaid, long tokensUnused, List<TenantLine> tenants) {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Pattern OF_TENANT = Pattern.compile(
            "\\.freshet\\.embed\\.tenant\\.([^.]+)\\.model\\.([^.]+)\\.(?:currency\\.([^.]+)\\.)?(\\w+)$");
    private static final String PAID = ".freshet.embed.tokensPaid";
    private static final String EMBEDDED = ".freshet.embed.tokensEmbedded";

    /**
     * One model's work for one tenant.
     *
     * @param tenant its name; {@value MetricLabel#OTHER} for all that have no line of their own
     * @param tokensEmbedded tokens that were embedded, and paid
     * @param tokensSaved tokens of texts whose vectors were remembered
     * @param hitRate the share of chunks whose vectors were remembered, from 0 to 1
     * @param cost of the tokens that were embedded; null where the job knows no price
     * @param currency of the cost; null where there is none
     */
    record TenantLine(
            String tenant,
            String model,
            long tokensEmbedded,
            long tokensSaved,
            double hitRate,
            @Nullable Double cost,
            @Nullable String currency) {}

    /** The labels of a line. */
    private record Labels(String tenant, String model) implements Comparable<Labels> {
        @Override
        public int compareTo(Labels other) {
            return Comparator.comparing(Labels::tenant)
                    .thenComparing(Labels::model)
                    .compare(this, other);
        }
    }

    /** Null when the stack runs without the job, or Flink does not answer. */
    static @Nullable EmbeddingLine of(StackState state) {
        StackState.Job job = state.job();
        if (job == null || job.id().isEmpty()) {
            return null;
        }
        try {
            return read(new JobMetrics(RunningStack.loopback(state.ports().flink()), job::id, DEADLINE));
        } catch (IOException e) {
            return null;
        }
    }

    static EmbeddingLine read(JobMetrics metrics) throws IOException {
        Map<String, Double> sums = metrics.sums(name -> name.endsWith(PAID)
                || name.endsWith(EMBEDDED)
                || OF_TENANT.matcher(name).find());
        long paid = 0;
        long embedded = 0;
        Map<Labels, Map<String, Double>> values = new TreeMap<>();
        Map<Labels, String> currencies = new HashMap<>();
        for (Map.Entry<String, Double> metric : sums.entrySet()) {
            Matcher name = OF_TENANT.matcher(metric.getKey());
            if (name.find()) {
                Labels labels = new Labels(name.group(1), name.group(2));
                values.computeIfAbsent(labels, absent -> new HashMap<>())
                        .merge(name.group(4), metric.getValue(), Double::sum);
                if (name.group(3) != null) {
                    currencies.put(labels, name.group(3));
                }
            } else if (metric.getKey().endsWith(PAID)) {
                paid += metric.getValue().longValue();
            } else {
                embedded += metric.getValue().longValue();
            }
        }
        List<TenantLine> lines = new ArrayList<>();
        values.forEach((labels, of) -> lines.add(line(labels, of, currencies.get(labels))));
        lines.sort(Comparator.comparingLong(TenantLine::tokensEmbedded).reversed());
        return new EmbeddingLine(paid, Math.max(0, paid - embedded), lines);
    }

    private static TenantLine line(Labels labels, Map<String, Double> values, @Nullable String currency) {
        double remembered = values.getOrDefault("chunksRemembered", 0.0);
        double chunks = remembered + values.getOrDefault("chunksEmbedded", 0.0);
        return new TenantLine(
                MetricLabel.nameOf(labels.tenant()),
                MetricLabel.nameOf(labels.model()),
                values.getOrDefault("tokensEmbedded", 0.0).longValue(),
                values.getOrDefault("tokensSaved", 0.0).longValue(),
                chunks == 0 ? 0 : remembered / chunks,
                values.get("cost"),
                currency == null ? null : MetricLabel.nameOf(currency));
    }
}
