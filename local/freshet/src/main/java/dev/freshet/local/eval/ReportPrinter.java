package dev.freshet.local.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.terminal.Terminal;
import java.util.Locale;
import java.util.Map;

/** Prints the evaluation job's report for people: one line per value, whatever the report holds. */
final class ReportPrinter {

    private final Terminal terminal;

    ReportPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(JsonNode report) {
        print(report, "");
    }

    private void print(JsonNode node, String indent) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (value.isContainerNode() && value.size() > 0) {
                terminal.line(indent + terminal.bold(field.getKey()));
                print(value, indent + "  ");
            } else if (value.isFloatingPointNumber()) {
                terminal.line(String.format(Locale.ROOT, "%s%-22s %.4f", indent, field.getKey(), value.asDouble()));
            } else {
                terminal.line(String.format(
                        Locale.ROOT, "%s%-22s %s", indent, field.getKey(), Terminal.printable(value.asText())));
            }
        }
    }
}
