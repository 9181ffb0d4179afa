package dev.freshet.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.oracle.IndexSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads all that OpenSearch holds, with plain HTTP and none of Freshet's own adapters. */
final class OpenSearchSnapshot {
    private static final String PAGE = "2000";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI openSearch;

    OpenSearchSnapshot(URI openSearch) {
        this.openSearch = openSearch;
    }

    /** A refreshed index, whole. */
    IndexSnapshot read() throws IOException, InterruptedException {
        post("/freshet-chunks,freshet-documents/_refresh", "");
        Map<DocumentKey, IndexSnapshot.Document> documents = new HashMap<>();
        scan("freshet-documents", "{\"match_all\":{}}", hit -> {
            JsonNode source = hit.required("_source");
            documents.put(key(source), document(source));
        });
        Set<String> withoutVector = new HashSet<>();
        scan(
                "freshet-chunks",
                "{\"bool\":{\"must_not\":{\"exists\":{\"field\":\"vector\"}}}}",
                hit -> withoutVector.add(hit.required("_id").textValue()));
        Map<String, IndexSnapshot.Chunk> chunks = new HashMap<>();
        scan("freshet-chunks", "{\"match_all\":{}}", hit -> {
            JsonNode source = hit.required("_source");
            String id = hit.required("_id").textValue();
            chunks.put(
                    id,
                    new IndexSnapshot.Chunk(
                            key(source),
                            source.required("text").textValue(),
                            source.path("title").textValue(),
                            source.path("uri").textValue(),
                            canonical(source.path("metadata")),
                            texts(source.path("acl")),
                            !withoutVector.contains(id)));
        });
        return new IndexSnapshot(documents, chunks);
    }

    private static DocumentKey key(JsonNode source) {
        return new DocumentKey(
                source.required("tenant").textValue(),
                source.required("document_id").textValue());
    }

    private static IndexSnapshot.Document document(JsonNode source) {
        ChangeOrder order = new ChangeOrder(
                source.path("epoch").longValue(), source.required("version").longValue());
        List<String> chunkIds = new ArrayList<>();
        source.path("chunks").forEach(chunk -> chunkIds.add(chunk.required("id").textValue()));
        return new IndexSnapshot.Document(
                order.fence(),
                Instant.parse(source.required("event_time").textValue()),
                source.path("title").textValue(),
                source.path("uri").textValue(),
                source.required("content_type").textValue(),
                canonical(source.path("metadata")),
                texts(source.path("acl")),
                chunkIds);
    }

    private static String canonical(JsonNode metadata) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        metadata.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return Json.MAPPER.valueToTree(sorted).toString();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.textValue()));
        return texts;
    }

    private void scan(String index, String query, Consumer<JsonNode> eachHit) throws IOException, InterruptedException {
        JsonNode page = post(
                "/" + index + "/_search?scroll=1m&size=" + PAGE + "&_source_excludes=vector",
                "{\"sort\":[\"_doc\"],\"query\":" + query + "}");
        while (!page.at("/hits/hits").isEmpty()) {
            page.at("/hits/hits").forEach(eachHit);
            ObjectNode next = Json.MAPPER.createObjectNode().put("scroll", "1m");
            next.put("scroll_id", page.required("_scroll_id").textValue());
            page = post("/_search/scroll", next.toString());
        }
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(openSearch.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return Json.MAPPER.readTree(response.body());
    }
}
