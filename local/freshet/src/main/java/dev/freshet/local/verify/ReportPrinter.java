package dev.freshet.local.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.local.terminal.Escaped;
import dev.freshet.local.terminal.Terminal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what a comparison found. */
final class ReportPrinter {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final Terminal terminal;

    ReportPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    void json(VerifyReport report) {
        try {
            terminal.line(JSON.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report can be written", e);
        }
    }

    void lines(VerifyReport report) {
        terminal.line(String.format(
                Locale.ROOT,
                "%s the index has %,d documents and %,d chunks; by the log, %,d changes, there are %,d documents.",
                report.equal() ? terminal.good("Equal:") : terminal.bad("Different:"),
                report.indexedDocuments(),
                report.indexedChunks(),
                report.changes(),
                report.documents()));
        report.listed().forEach(difference -> terminal.line("  " + Escaped.line(difference.message())));
        counts("Differences", report.differences());
        counts("Warnings", report.warnings());
        long listed = report.listed().size();
        long found = report.count()
                + report.warnings().values().stream().mapToLong(Long::longValue).sum();
        if (listed < found) {
            terminal.line(String.format(Locale.ROOT, "%,d of them are listed; see --limit.", listed));
        }
        counts("Records that are no changes", report.refused());
        if (report.repairs().documents() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "The job was told to write %,d documents again.",
                    report.repairs().documents()));
        }
        if (report.repairs().chunks() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%,d chunks that no document names were removed.",
                    report.repairs().chunks()));
        }
        if (report.changedMeanwhile() > 0) {
            terminal.line(String.format(
                    Locale.ROOT, "%,d documents changed meanwhile and were not compared.", report.changedMeanwhile()));
        }
        if (report.textsElsewhere() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%,d documents have their texts outside of the log: those were not compared.",
                    report.textsElsewhere()));
        }
        report.notes().forEach(note -> terminal.line(Escaped.line(note)));
    }

    private void counts(String title, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            String all = counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry ->
                            String.format(Locale.ROOT, "%s %,d", entry.getKey().replace('_', ' '), entry.getValue()))
                    .collect(Collectors.joining(", "));
            terminal.line(title + ": " + all + ".");
        }
    }
}
