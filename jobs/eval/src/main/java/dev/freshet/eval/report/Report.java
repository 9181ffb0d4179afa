package dev.freshet.eval.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.eval.score.QueryScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the scores of all queries and writes them up. */
final class Report {
    private static final JsonMapper JSON = new JsonMapper();

    private final ReportHeader header;
    private final List<String> modes;
    private final Map<String, List<QueryScore>> scores = new LinkedHashMap<>();

    Report(ReportHeader header, List<String> modes) {
        this.header = header;
        this.modes = modes;
    }

    void add(QueryScore score) {
        scores.computeIfAbsent(score.mode(), mode -> new ArrayList<>()).add(score);
    }

    /** Writes the file in one step, so that nobody reads half of it. */
    void write(Path file, Instant now) throws IOException {
        if (scores.isEmpty()) {
            throw new IOException(
                    "No query of '%s' has judgements; there is nothing to report".formatted(header.collection()));
        }
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path whole = target.resolveSibling(target.getFileName() + ".part");
        JSON.writerWithDefaultPrettyPrinter().writeValue(whole.toFile(), json(now));
        Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private ObjectNode json(Instant now) {
        ObjectNode report = JSON.createObjectNode();
        report.put("generated_at", now.toString());
        report.put("collection", header.collection());
        report.put("api_url", header.apiUrl());
        report.put("tenant", header.tenant());
        ObjectNode profile = report.putObject("profile");
        profile.put("k", header.k());
        profile.put("depth", header.depth());
        profile.put("group_by", "document");
        profile.put("concurrency", header.concurrency());
        ObjectNode summaries = report.putObject("modes");
        for (String mode : modes) {
            new ModeSummary(scores.getOrDefault(mode, List.of())).write(summaries.putObject(mode));
        }
        return report;
    }
}
