package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads documents of real collections. */
final class Corpus {
    /**
     * A document without a tenant.
     *
     * @param title null where it has none
     */
    record Document(String id, @Nullable String title, String contentType, String content) {
        Document as(String otherId) {
            return new Document(otherId, title, contentType, content);
        }
    }

    private Corpus() {}

    /** The last text of every page of an edit history, the pages in the order in which they first appeared. */
    static List<Document> newestPages(Path history) throws IOException {
        Map<String, Document> pages = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(history)), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(Corpus::json)
                    .filter(change -> change.hasNonNull("content"))
                    .forEach(change -> {
                        String id = text(change, "id");
                        pages.put(id, new Document(id, null, text(change, "content_type"), text(change, "content")));
                    });
        }
        return List.copyOf(pages.values());
    }

    /** The documents of a BEIR folder. */
    static List<Document> beirDocuments(Path folder) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (JsonNode line : lines(folder.resolve("corpus.jsonl"))) {
            String title = line.path("title").asText("");
            documents.add(
                    new Document(text(line, "_id"), title.isBlank() ? null : title, "text/plain", text(line, "text")));
        }
        return documents;
    }

    /** The queries of a BEIR folder. */
    static List<String> beirQueries(Path folder) throws IOException {
        return lines(folder.resolve("queries.jsonl")).stream()
                .map(line -> text(line, "text"))
                .toList();
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(Corpus::json)
                .toList();
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).textValue();
    }

    private static JsonNode json(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON", e);
        }
    }
}
