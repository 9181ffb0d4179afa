package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.envelope.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chunks in the index, read and changed behind the job's back. */
final class OpenSearchChunks {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI openSearch;

    OpenSearchChunks(URI openSearch) {
        this.openSearch = openSearch;
    }

    /**
     * A chunk as the index has it.
     *
     * @param source its fields; a copy that may be changed
     */
    record Chunk(String id, ObjectNode source) {}

    /** The chunks of a document, in a refreshed index. */
    List<Chunk> of(String document) throws Exception {
        call("POST", "/freshet-chunks/_refresh", null);
        JsonNode found = call(
                "POST",
                "/freshet-chunks/_search",
                "{\"size\":100,\"query\":{\"term\":{\"document_id\":\"" + document + "\"}}}");
        List<Chunk> chunks = new ArrayList<>();
        found.at("/hits/hits")
                .forEach(hit ->
                        chunks.add(new Chunk(hit.required("_id").textValue(), (ObjectNode) hit.required("_source"))));
        return chunks;
    }

    void put(Chunk chunk) throws Exception {
        call("PUT", "/freshet-chunks/_doc/" + chunk.id(), chunk.source().toString());
    }

    /** Removes a chunk; its version moves on, past all that the job would write. */
    void delete(String id) throws Exception {
        call("DELETE", "/freshet-chunks/_doc/" + id, null);
    }

    /** Removes a chunk and leaves its version as it was: the job can write it again. */
    void lose(String id) throws Exception {
        long version = call("GET", "/freshet-chunks/_doc/" + id, null)
                .required("_version")
                .longValue();
        call("DELETE", "/freshet-chunks/_doc/" + id + "?version_type=external_gte&version=" + version, null);
    }

    /** How many documents a search could find now. */
    long documents() throws Exception {
        return call("GET", "/freshet-documents/_count", null).required("count").longValue();
    }

    /** The same of one tenant. */
    long documentsOf(String tenant) throws Exception {
        return call("POST", "/freshet-documents/_count", "{\"query\":{\"term\":{\"tenant\":\"" + tenant + "\"}}}")
                .required("count")
                .longValue();
    }

    private JsonNode call(String method, String path, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(openSearch.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isLessThan(300);
        return Json.MAPPER.readTree(answer.body());
    }
}
