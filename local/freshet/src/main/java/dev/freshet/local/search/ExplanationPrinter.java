package dev.freshet.local.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints how an answer came about: what the query was taken for, the plan, and a table of the numbers behind every score. */
final class ExplanationPrinter {
    private static final int LONGEST_ID = 28;

    private final Terminal terminal;

    ExplanationPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(JsonNode answer) {
        JsonNode explain = answer.path("explain");
        JsonNode analysis = explain.path("analysis");
        terminal.line("");
        line(
                "query",
                String.join(
                        ", ",
                        List.of(
                                analysis.path("intent").asText(),
                                analysis.path("complexity").asText(),
                                "time " + analysis.path("time").asText(),
                                analysis.path("cacheable").asBoolean() ? "cacheable" : "not cacheable")));
        named("identifiers", analysis.path("identifiers"));
        named("phrases", analysis.path("phrases"));
        named("domains", analysis.path("domains"));
        analysis.path("reasons").forEach(reason -> line("", reason.asText()));
        line("plan", plan(explain.path("plan")));
        explain.at("/plan/reasons").forEach(reason -> line("", reason.asText()));
        line("score", explain.path("formula").asText());
        table(answer, columns(explain));
        terminal.line("");
    }

    private static String plan(JsonNode plan) {
        List<String> parts = new ArrayList<>();
        parts.add(plan.path("strategy").asText());
        plan.path("legs")
                .forEach(leg -> parts.add(String.format(
                        Locale.ROOT,
                        "%s %d deep, weight %s",
                        leg.path("leg").asText(),
                        leg.path("depth").asInt(),
                        leg.path("weight").asText())));
        parts.add("rerank " + plan.path("reranker").asText());
        return String.join("; ", parts);
    }

    private static List<String> columns(JsonNode explain) {
        List<String> lists = new ArrayList<>();
        explain.path("lists").fieldNames().forEachRemaining(lists::add);
        return lists;
    }

    /** One line for each hit: what every leg said of it, normalised, and what came of that. */
    private void table(JsonNode answer, List<String> lists) {
        StringBuilder head =
                new StringBuilder(String.format(Locale.ROOT, "%4s  %-" + LONGEST_ID + "s", "rank", "document"));
        lists.forEach(list -> head.append(String.format(Locale.ROOT, "  %21s", list)));
        head.append(String.format(Locale.ROOT, "  %6s  %6s  %15s  %6s", "fresh", "fused", "rerank", "score"));
        terminal.line(terminal.faint(head.toString()));
        for (JsonNode hit : answer.path("hits")) {
            JsonNode explain = hit.path("explain");
            StringBuilder row = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%4d  %-" + LONGEST_ID + "s",
                    hit.path("rank").asInt(),
                    shortened(Terminal.printable(hit.path("document_id").asText()))));
            lists.forEach(
                    list -> row.append("  ").append(leg(explain.path("legs").path(list))));
            row.append(String.format(
                    Locale.ROOT,
                    "  %6.3f  %6.3f  %15s  %6.3f",
                    explain.path("freshness").asDouble(),
                    explain.path("fused").asDouble(),
                    rerank(explain.path("rerank")),
                    hit.path("score").asDouble()));
            terminal.line(row.toString());
        }
        for (String list : lists) {
            JsonNode of = answer.at("/explain/lists").path(list);
            line(
                    list,
                    String.format(
                            Locale.ROOT,
                            "share %.2f; %d found, scores %.3f to %.3f",
                            of.path("share").asDouble(),
                            of.path("size").asInt(),
                            of.path("lowest").asDouble(),
                            of.path("highest").asDouble()));
        }
    }

    private static String leg(JsonNode said) {
        String text = said.isMissingNode()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "#%d %.3f → %.3f",
                        said.path("rank").asInt(),
                        said.path("score").asDouble(),
                        said.path("normalized").asDouble());
        return String.format(Locale.ROOT, "%21s", text);
    }

    private static String rerank(JsonNode said) {
        return said.isObject()
                ? String.format(
                        Locale.ROOT,
                        "%.3f → %.3f",
                        said.path("score").asDouble(),
                        said.path("normalized").asDouble())
                : "-";
    }

    private static String shortened(String id) {
        return id.length() <= LONGEST_ID ? id : "…" + id.substring(id.length() - LONGEST_ID + 1);
    }

    private void named(String name, JsonNode values) {
        if (!values.isEmpty()) {
            List<String> texts = new ArrayList<>();
            values.forEach(value -> texts.add(value.asText()));
            line(name, String.join(", ", texts));
        }
    }

    private void line(String name, String text) {
        terminal.line(terminal.faint(String.format(Locale.ROOT, "%-12s", name)) + Terminal.printable(text));
    }
}
