package dev.freshet.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What several ways to ask are worth, and how much more than the better one of the legs alone; by either measure, that may be another leg. */
final class VariantTable {
    /** The names of the ways that ask one leg alone. */
    static final List<String> LEGS = List.of("keyword", "vector");

    private final Map<SearchVariant, SearchScores> rows = new LinkedHashMap<>();

    void add(SearchVariant variant, SearchScores scores) {
        rows.put(variant, scores);
    }

    /** In Markdown. */
    String text() {
        Map.Entry<SearchVariant, SearchScores> byNdcg = betterLeg(SearchScores::ndcg);
        Map.Entry<SearchVariant, SearchScores> byRecall = betterLeg(SearchScores::recall);
        StringBuilder text = new StringBuilder();
        text.append("| | asked with | nDCG@10 | less that of %s (95 %%) | %s | less that of %s (95 %%) | degraded |%n"
                .formatted(
                        byNdcg.getKey().name(),
                        byRecall.getValue().recallName(),
                        byRecall.getKey().name()));
        text.append("|---|---|---|---|---|---|---|%n".formatted());
        rows.forEach((variant, scores) -> text.append(String.format(
                Locale.ROOT,
                "| %s | `%s` | %.4f | %s | %.4f | %s | %d |%n",
                variant.name(),
                variant.fields(),
                scores.ndcg(),
                less(scores, byNdcg.getValue(), SearchScores::ndcgs),
                scores.recall(),
                less(scores, byRecall.getValue(), SearchScores::recalls),
                scores.degraded())));
        return text.toString();
    }

    private static String less(SearchScores scores, SearchScores leg, Function<SearchScores, List<Double>> values) {
        return scores.equals(leg)
                ? ""
                : MeanDifference.of(values.apply(scores), values.apply(leg)).toString();
    }

    private Map.Entry<SearchVariant, SearchScores> betterLeg(ToDoubleFunction<SearchScores> measure) {
        return rows.entrySet().stream()
                .filter(row -> LEGS.contains(row.getKey().name()))
                .max(Comparator.comparingDouble(row -> measure.applyAsDouble(row.getValue())))
                .orElseThrow(() -> new IllegalStateException("no leg was asked alone"));
    }
}
