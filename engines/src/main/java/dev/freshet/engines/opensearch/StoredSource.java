package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.search.StoredDocument.Passage;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code _source} of what {@link BulkRequest} wrote. */
final class StoredSource {
    private StoredSource() {}

    static DocumentKey key(JsonNode source) {
        return new DocumentKey(
                source.path("tenant").asText(), source.path("document_id").asText());
    }

    /** @param metadata as JSON, in the form that the caller wants */
    static DocumentFields fields(JsonNode source, String metadata) {
        return new DocumentFields(
                source.path("title").textValue(),
                source.path("uri").textValue(),
                source.path("content_type").asText(),
                metadata,
                strings(source.path("acl")),
                source.path("language").textValue());
    }

    static List<Passage> manifest(JsonNode source) {
        List<Passage> manifest = new ArrayList<>();
        for (JsonNode chunk : source.path("chunks")) {
            manifest.add(new Passage(
                    chunk.path("id").asText(),
                    chunk.path("start").asInt(),
                    chunk.path("end").asInt()));
        }
        return manifest;
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }
}
