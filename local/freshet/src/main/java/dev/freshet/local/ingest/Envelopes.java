package dev.freshet.local.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** Makes change events in the native envelope, for one tenant. */
final class Envelopes {

    /** As strict as the job: what it would refuse must reach it as it is. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String tenant;
    private final Map<String, String> metadata;
    private final Versions versions;

    Envelopes(String tenant, Map<String, String> metadata, Versions versions) {
        this.tenant = tenant;
        this.metadata = Map.copyOf(metadata);
        this.versions = versions;
    }

    /** A text file that is new or changed. */
    Change upsert(String id, String content, Instant eventTime) {
        ObjectNode envelope = envelope("upsert", id, versions.next(), eventTime);
        envelope.put("content_type", isMarkdown(id) ? "text/markdown" : "text/plain");
        envelope.put("content", content);
        return change(envelope);
    }

    /** A titled plain text. */
    Change upsert(String id, String title, String content, Instant eventTime) {
        ObjectNode envelope = envelope("upsert", id, versions.next(), eventTime);
        if (!title.isBlank()) {
            envelope.put("title", title);
        }
        envelope.put("content_type", "text/plain");
        envelope.put("content", content);
        return change(envelope);
    }

    Change delete(String id, Instant eventTime) {
        return change(envelope("delete", id, versions.next(), eventTime));
    }

    /**
     * An event from a file: gets a tenant and a version where it has none. Input that is no such event goes on as it is:
     * to judge it is the ingest job's business, not ours.
     */
    Change event(String line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode event
                    && event.path("id").isTextual()) {
                event.putIfAbsent("tenant", event.textNode(tenant));
                if (!event.has("version")) {
                    event.put("version", versions.next());
                }
                return change(event);
            }
        } catch (JsonProcessingException e) {
            // Malformed: goes on below.
        }
        return new Change(null, line);
    }

    private ObjectNode envelope(String operation, String id, long version, Instant eventTime) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("op", operation);
        envelope.put("tenant", tenant);
        envelope.put("id", id);
        envelope.put("version", version);
        envelope.put("event_time", eventTime.toString());
        if (!metadata.isEmpty() && operation.equals("upsert")) {
            ObjectNode fields = envelope.putObject("metadata");
            metadata.forEach(fields::put);
        }
        return envelope;
    }

    private Change change(ObjectNode envelope) {
        JsonNode owner = envelope.path("tenant");
        String id = envelope.path("id").textValue();
        try {
            return new Change(owner.asText(tenant) + "/" + id, JSON.writeValueAsString(envelope));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMarkdown(String id) {
        return id.endsWith(".md") || id.endsWith(".markdown");
    }
}
