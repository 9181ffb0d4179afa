package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change as a producer states it, to be written in Freshet's own envelope.
 *
 * @param order null to let the record's offset decide
 * @param content null for a delete
 * @param acl empty for everyone in the tenant
 */
public record ChangeEnvelope(
        Operation operation,
        DocumentKey key,
        @Nullable ChangeOrder order,
        @Nullable Instant eventTime,
        @Nullable String title,
        @Nullable String contentType,
        @Nullable String content,
        @Nullable String uri,
        @Nullable JsonNode metadata,
        List<String> acl) {
    /** A change that replaces the document. */
    public static ChangeEnvelope upsert(
            DocumentKey key, ChangeOrder order, Instant eventTime, String contentType, String content) {
        return new ChangeEnvelope(
                Operation.UPSERT, key, order, eventTime, null, contentType, content, null, null, List.of());
    }

    /** A change that removes the document. */
    public static ChangeEnvelope delete(DocumentKey key, ChangeOrder order, Instant eventTime) {
        return new ChangeEnvelope(Operation.DELETE, key, order, eventTime, null, null, null, null, null, List.of());
    }

    /** The key of the record: all changes of a document go to one partition. */
    public byte[] recordKey() {
        return key.path().getBytes(StandardCharsets.UTF_8);
    }

    /** The value of the record. */
    public byte[] recordValue() {
        return Json.bytes(json());
    }

    /** The envelope as JSON. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("op", operation.name().toLowerCase(Locale.ROOT));
        json.put("tenant", key.tenant());
        json.put("id", key.id());
        if (order != null) {
            json.put("epoch", order.epoch());
            json.put("version", order.version());
        }
        putUnlessNull(json, "event_time", eventTime == null ? null : eventTime.toString());
        putUnlessNull(json, "title", title);
        putUnlessNull(json, "content_type", contentType);
        putUnlessNull(json, "content", content);
        putUnlessNull(json, "uri", uri);
        if (metadata != null) {
            json.set("metadata", metadata);
        }
        if (!acl.isEmpty()) {
            json.set("acl", Json.MAPPER.valueToTree(acl));
        }
        return json;
    }

    private static void putUnlessNull(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
