package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The query API, asked in one way; measured from the request to the last byte of the answer. */
final class FreshetSearchSide implements SearchSide {
    private final String name;
    private final SearchVariant variant;
    private final HttpPost api;
    private final int documents;

    /**
     * Of one tenant's documents.
     *
     * @param documents that are asked for
     */
    FreshetSearchSide(String name, SearchVariant variant, URI api, String tenant, int documents) throws IOException {
        this.name = name;
        this.variant = variant;
        this.documents = documents;
        this.api =
                new HttpPost(api, "/v1/search", Map.of("Content-Type", "application/json", "Freshet-Tenant", tenant));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer ask(String query) throws IOException {
        byte[] body = variant.body(query, documents);
        long start = System.nanoTime();
        byte[] bytes = api.send(body);
        double millis = (System.nanoTime() - start) / 1e6;
        JsonNode answer = Json.MAPPER.readTree(bytes);
        List<String> found = new ArrayList<>();
        for (JsonNode hit : answer.required("hits")) {
            found.add(hit.required("document_id").textValue());
        }
        return new Answer(millis, found, !answer.required("degraded").isEmpty());
    }
}
