package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.extract.ReadContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change as a producer states it, to be written in Freshet's own envelope. Made by one of the operations, and completed by
 * {@code with…}, which leave out what is null or empty.
 *
 * @param key with an empty id for a delete by filter, which is about no single document
 * @param order null to let the record's offset decide
 * @param fields all others, under their names in the envelope
 */
public record ChangeEnvelope(
        Operation operation, DocumentKey key, @Nullable ChangeOrder order, ObjectNode fields) {
    public ChangeEnvelope {
        fields = fields.deepCopy();
    }

    /** A change that replaces the document. */
    public static ChangeEnvelope upsert(
            DocumentKey key,
            @Nullable ChangeOrder order,
            @Nullable Instant eventTime,
            @Nullable String contentType,
            String content) {
        return of(Operation.UPSERT, key, order, eventTime)
                .withText("content_type", contentType)
                .withText("content", content);
    }

    /** A change that replaces the document by content that is no text as it is, or in a charset that has to be found. */
    public static ChangeEnvelope upsert(
            DocumentKey key,
            @Nullable ChangeOrder order,
            @Nullable Instant eventTime,
            @Nullable String contentType,
            byte[] content) {
        return of(Operation.UPSERT, key, order, eventTime)
                .withText("content_type", contentType)
                .withText("content_base64", Base64.getEncoder().encodeToString(content));
    }

    /** A change that replaces the document by a file: by its text where the bytes are text in UTF-8, else by the bytes. */
    public static ChangeEnvelope upsertFile(
            DocumentKey key, ChangeOrder order, Instant eventTime, String contentType, byte[] file) {
        String text = MediaType.parse(contentType).isPacked() ? null : ReadContent.utf8(file);
        return text == null
                ? upsert(key, order, eventTime, contentType, file)
                : upsert(key, order, eventTime, contentType, text);
    }

    /** A change that replaces the document by what lies elsewhere. */
    public static ChangeEnvelope upsert(
            DocumentKey key,
            @Nullable ChangeOrder order,
            @Nullable Instant eventTime,
            @Nullable String contentType,
            ContentReference reference) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("uri", reference.uri());
        if (reference.sha256() != null) {
            json.put("sha256", reference.sha256());
        }
        return of(Operation.UPSERT, key, order, eventTime)
                .withText("content_type", contentType)
                .with("content_ref", json);
    }

    /** A change of metadata, ACL or both, which are to be added: {@link #withMetadata}, {@link #withAcl}. */
    public static ChangeEnvelope patch(DocumentKey key, @Nullable ChangeOrder order, @Nullable Instant eventTime) {
        return of(Operation.PATCH, key, order, eventTime);
    }

    /** A change that removes the document. */
    public static ChangeEnvelope delete(DocumentKey key, @Nullable ChangeOrder order, @Nullable Instant eventTime) {
        return of(Operation.DELETE, key, order, eventTime);
    }

    /**
     * A change that removes every document of the tenant that meets all conditions, of which there is one at least.
     *
     * @param metadata keys with the one value that they must have, or have among others
     * @param idPrefix how the ids begin
     */
    public static ChangeEnvelope deleteByFilter(
            String tenant,
            ChangeOrder order,
            @Nullable Instant eventTime,
            @Nullable ObjectNode metadata,
            @Nullable String idPrefix) {
        ObjectNode filter = Json.MAPPER.createObjectNode();
        if (metadata != null) {
            filter.set("metadata", metadata);
        }
        if (idPrefix != null) {
            filter.put("id_prefix", idPrefix);
        }
        return of(Operation.DELETE_BY_FILTER, new DocumentKey(tenant, ""), order, eventTime)
                .with("filter", filter);
    }

    private static ChangeEnvelope of(
            Operation operation, DocumentKey key, @Nullable ChangeOrder order, @Nullable Instant eventTime) {
        return new ChangeEnvelope(operation, key, order, Json.MAPPER.createObjectNode())
                .withText("event_time", eventTime == null ? null : eventTime.toString());
    }

    public ChangeEnvelope withTitle(@Nullable String title) {
        return withText("title", title);
    }

    public ChangeEnvelope withUri(@Nullable String uri) {
        return withText("uri", uri);
    }

    public ChangeEnvelope withMetadata(@Nullable JsonNode metadata) {
        return with("metadata", metadata);
    }

    /** The change with principals that may see the document; none for everyone in the tenant. */
    public ChangeEnvelope withAcl(List<String> acl) {
        return acl.isEmpty() ? this : with("acl", Json.MAPPER.<JsonNode>valueToTree(acl));
    }

    /** The change as one of many that are loaded at once, which leave live ones their share. */
    public ChangeEnvelope asBackfill() {
        return withText("priority", "backfill");
    }

    private ChangeEnvelope withText(String field, @Nullable String value) {
        return with(field, value == null ? null : fields.textNode(value));
    }

    private ChangeEnvelope with(String field, @Nullable JsonNode value) {
        if (value == null) {
            return this;
        }
        ObjectNode more = fields.deepCopy();
        more.set(field, value);
        return new ChangeEnvelope(operation, key, order, more);
    }

    /** The key of the record: all changes of a document go to one partition, and so do all deletes by filter of a tenant. */
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
        if (operation != Operation.DELETE_BY_FILTER) {
            json.put("id", key.id());
        }
        if (order != null) {
            json.put("epoch", order.epoch());
            json.put("version", order.version());
        }
        json.setAll(fields.deepCopy());
        return json;
    }
}
