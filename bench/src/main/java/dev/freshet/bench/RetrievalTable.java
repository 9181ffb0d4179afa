package dev.freshet.bench;

import dev.freshet.bench.BeirCollection.Query;
import dev.freshet.bench.SearchSide.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What several sides answered to the same queries of one collection, as a table; the first is the one that the others are compared with. */
final class RetrievalTable {
    private static final String NOTE = """
            Milliseconds of Freshet are those of POST /v1/search, with HTTP and JSON both ways between two processes; those of the others are of the
            library's call within their own process. The query is embedded in both. A document stands where its best chunk does. Spring AI's approximate search
            returns ten chunks at most, however many it is asked for.""";

    private final String collection;
    private final int asked;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private record Row(String chunks, SearchScores scores, List<Double> millis) {}

    /** @param asked documents of a search */
    RetrievalTable(String collection, int asked) {
        this.collection = collection;
        this.asked = asked;
    }

    /** @param chunks in its index, and of what kind */
    void expect(SearchSide side, String chunks) {
        rows.put(side.name(), new Row(chunks, new SearchScores(asked), new ArrayList<>()));
    }

    /** Adds to what the side's answers are worth; once for a query. */
    void judge(SearchSide side, Query query, Answer answer) {
        row(side).scores().add(query, answer);
    }

    /** Adds to how long the side's answers take. */
    void time(SearchSide side, Answer answer) {
        row(side).millis().add(answer.millis());
    }

    private Row row(SearchSide side) {
        Row row = rows.get(side.name());
        if (row == null) {
            throw new IllegalStateException("nobody expected " + side.name());
        }
        return row;
    }

    /** In Markdown, with a note on what the times are. */
    String text() {
        Map.Entry<String, Row> first = rows.entrySet().iterator().next();
        StringBuilder text = new StringBuilder();
        text.append(
                "| %s | chunks | nDCG@10 | %s ahead by (95 %%) | %s | documents found | degraded | p50 ms | p99 ms |%n"
                        .formatted(
                                collection,
                                first.getKey(),
                                first.getValue().scores().recallName()));
        text.append("|---|---|---|---|---|---|---|---|---|%n".formatted());
        rows.forEach((name, row) -> {
            Spread millis = Spread.of(row.millis());
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.4f | %s | %.4f | %.1f of %d | %d | %.2f | %.2f |%n",
                    name,
                    row.chunks(),
                    row.scores().ndcg(),
                    row.equals(first.getValue())
                            ? ""
                            : MeanDifference.of(
                                    first.getValue().scores().ndcgs(),
                                    row.scores().ndcgs()),
                    row.scores().recall(),
                    row.scores().documents(),
                    asked,
                    row.scores().degraded(),
                    millis.median(),
                    millis.percentile(99)));
        });
        return text.append(NOTE).toString();
    }

    /** The essence, for a line with other collections. */
    String summary() {
        List<String> sides = new ArrayList<>();
        rows.forEach((name, row) -> sides.add(String.format(
                Locale.ROOT,
                "%s %.3f (%.3f; %.1f ms)",
                name,
                row.scores().ndcg(),
                row.scores().recall(),
                Spread.of(row.millis()).median())));
        return collection + ": " + String.join(", ", sides);
    }
}
