package dev.freshet.local.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.VersionClock;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes change events in the native envelope, for one tenant. */
final class Envelopes {

    private final String tenant;
    private final Map<String, String> metadata;
    private final VersionClock versions;

    Envelopes(String tenant, Map<String, String> metadata, VersionClock versions) {
        this.tenant = tenant;
        this.metadata = Map.copyOf(metadata);
        this.versions = versions;
    }

    /** A text file that is new or changed. */
    Change upsert(String id, String content, Instant eventTime) {
        return upsert(id, null, isMarkdown(id) ? "text/markdown" : "text/plain", content, eventTime);
    }

    /** A titled plain text. */
    Change upsert(String id, String title, String content, Instant eventTime) {
        return upsert(id, title.isBlank() ? null : title, "text/plain", content, eventTime);
    }

    private Change upsert(String id, @Nullable String title, String contentType, String content, Instant eventTime) {
        ObjectNode fields = metadata.isEmpty() ? null : Json.MAPPER.valueToTree(metadata);
        ChangeEnvelope envelope = ChangeEnvelope.upsert(key(id), nextOrder(), eventTime, contentType, content)
                .withTitle(title)
                .withMetadata(fields);
        return new Change(envelope.key().path(), envelope.json().toString());
    }

    Change delete(String id, Instant eventTime) {
        ChangeEnvelope envelope = ChangeEnvelope.delete(key(id), nextOrder(), eventTime);
        return new Change(envelope.key().path(), envelope.json().toString());
    }

    private DocumentKey key(String id) {
        return new DocumentKey(tenant, id);
    }

    private ChangeOrder nextOrder() {
        return new ChangeOrder(0, versions.next());
    }

    /**
     * An event from a file: gets a tenant and a version where it has none. Input that is no event in the native envelope goes
     * on as it is: to judge it is the ingest job's business, not ours.
     */
    Change event(String line) {
        try {
            if (Json.MAPPER.readTree(line) instanceof ObjectNode event && isNative(event)) {
                event.putIfAbsent("tenant", event.textNode(tenant));
                if (!event.has("version")) {
                    event.put("version", versions.next());
                }
                String owner = event.path("tenant").asText(tenant);
                // A delete by filter has no id, and belongs to its tenant.
                return new Change(owner + "/" + event.path("id").asText(""), event.toString());
            }
        } catch (JsonProcessingException e) {
            // Malformed: goes on below.
        }
        return new Change(null, line);
    }

    private static boolean isNative(ObjectNode event) {
        boolean about =
                event.path("id").isTextual() || event.path("op").asText().equals("delete_by_filter");
        // The id of a CloudEvent is its own, not the document's.
        return about && !event.has("specversion");
    }

    private static boolean isMarkdown(String id) {
        return id.endsWith(".md") || id.endsWith(".markdown");
    }
}
