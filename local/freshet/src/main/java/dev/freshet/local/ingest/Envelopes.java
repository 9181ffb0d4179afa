package dev.freshet.local.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.VersionClock;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.extract.FileEndings;
import dev.freshet.core.extract.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Makes change events in the native envelope, for one tenant. */
final class Envelopes {

    private final String tenant;
    private final Map<String, String> metadata;
    private final VersionClock versions;
    private final boolean backfill;

    Envelopes(String tenant, Map<String, String> metadata, VersionClock versions) {
        this(tenant, metadata, versions, false);
    }

    /** @param backfill whether the changes leave live ones their share of the embedder */
    Envelopes(String tenant, Map<String, String> metadata, VersionClock versions, boolean backfill) {
        this.backfill = backfill;
        this.tenant = tenant;
        this.metadata = Map.copyOf(metadata);
        this.versions = versions;
    }

    /** A file that is new or changed; its path says the type. */
    Change upsert(String id, byte[] file, Instant eventTime) {
        String type = Objects.requireNonNullElse(FileEndings.contentType(id), MediaType.PLAIN);
        return upsert(ChangeEnvelope.upsertFile(key(id), nextOrder(), eventTime, type, file));
    }

    /** A titled plain text. */
    Change upsert(String id, String title, String content, Instant eventTime) {
        return upsert(ChangeEnvelope.upsert(key(id), nextOrder(), eventTime, MediaType.PLAIN, content)
                .withTitle(title.isBlank() ? null : title));
    }

    private Change upsert(ChangeEnvelope envelope) {
        ObjectNode fields = metadata.isEmpty() ? null : Json.MAPPER.valueToTree(metadata);
        ChangeEnvelope change = backfill ? envelope.asBackfill() : envelope;
        return new Change(
                change.key().path(), change.withMetadata(fields).json().toString());
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
                if (backfill) {
                    event.putIfAbsent("priority", event.textNode("backfill"));
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
}
