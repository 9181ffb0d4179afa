package dev.freshet.local.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints an answer of the query API for people. */
public final class HitPrinter {

    private static final int LINES = 3;

    private final Terminal terminal;

    public HitPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    public void print(JsonNode answer) {
        for (JsonNode hit : answer.path("hits")) {
            hit(hit);
        }
        if (answer.path("hits").isEmpty()) {
            terminal.line("Nothing found.");
        }
        if (answer.has("explain")) {
            new ExplanationPrinter(terminal).print(answer);
        }
        terminal.line(terminal.faint(closing(answer)));
        if (!answer.path("degraded").isEmpty()) {
            terminal.line(terminal.bad("degraded: ") + answer.path("degraded"));
        }
    }

    private static String closing(JsonNode answer) {
        JsonNode took = answer.path("took_ms");
        List<String> stages = new ArrayList<>();
        took.properties().forEach(stage -> {
            if (!stage.getKey().equals("total") && stage.getValue().asDouble() >= 0.05) {
                stages.add(String.format(
                        Locale.ROOT, "%s %.1f", stage.getKey(), stage.getValue().asDouble()));
            }
        });
        JsonNode total = answer.path("total");
        String of = total.isObject()
                ? " of " + (total.path("relation").asText().equals("eq") ? "" : "at least ")
                        + total.path("value").asText()
                : "";
        return String.format(
                Locale.ROOT,
                "%d hits%s in %.1f ms (%s), ranked by %s",
                answer.path("hits").size(),
                of,
                took.path("total").asDouble(),
                String.join(", ", stages),
                Terminal.printable(answer.path("profile").asText()));
    }

    private void hit(JsonNode hit) {
        terminal.line(String.format(
                Locale.ROOT,
                "%s  %s  %s",
                terminal.bold(hit.path("rank").asText() + ". " + heading(hit)),
                Terminal.printable(hit.path("document_id").asText()),
                terminal.faint(
                        String.format(Locale.ROOT, "%.3f", hit.path("score").asDouble()))));
        passage(hit.path("text").asText()).forEach(line -> terminal.line("   " + line));
        int duplicates = hit.path("duplicates").size();
        if (duplicates > 0) {
            terminal.line(terminal.faint("   " + duplicates + " more say the same"));
        }
    }

    private static String heading(JsonNode hit) {
        List<String> parts = new ArrayList<>();
        String title = hit.path("title").asText("");
        if (!title.isBlank()) {
            parts.add(title);
        }
        for (JsonNode part : hit.path("heading_path")) {
            if (!part.asText().equals(title)) {
                parts.add(part.asText());
            }
        }
        return Terminal.printable(String.join(" › ", parts));
    }

    /** The first lines of a passage, wrapped. */
    private List<String> passage(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : Terminal.printable(text).strip().split("\\s+", -1)) {
            if (line.length() + word.length() > terminal.width() - 4 && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (lines.size() == LINES) {
                return lines;
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
