package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a change as Debezium captures it: the row is the document, its columns have the names of the native fields.
 *
 * <p>What only a whole row tells must not be guessed from a part of it. A table that has a column {@code tenant},
 * {@code version} or {@code epoch} must have a value in it, also in the last state of a deleted row; the text of a column that
 * was left out because it did not change must be sent.
 */
final class DebeziumEnvelope {
    private static final Set<String> OF_THE_ENVELOPE =
            Set.of("op", "before", "after", "source", "transaction", "ts_ms", "ts_us", "ts_ns");
    private static final List<String> IDENTITY = List.of("tenant", "version", "epoch");
    private static final Set<String> OF_A_DELETE = Set.of("id", "tenant", "version", "epoch");
    private static final Set<String> OF_AN_UPSERT = Set.of(
            "id",
            "tenant",
            "version",
            "epoch",
            "title",
            "content_type",
            Content.TEXT,
            Content.BYTES,
            Content.REFERENCE,
            "uri",
            "metadata",
            "acl");
    /** Not every database has a column type for them. */
    private static final List<String> JSON_IN_TEXT = List.of("metadata", "acl", Content.REFERENCE);

    private static final String UNAVAILABLE = "__debezium.unavailable.value";
    private static final String UNAVAILABLE_BYTES =
            Base64.getEncoder().encodeToString(UNAVAILABLE.getBytes(StandardCharsets.UTF_8));

    private DebeziumEnvelope() {}

    /** Debezium's operations have one letter; those of the native envelope are words. */
    static boolean isChange(ObjectNode json) {
        JsonNode operation = ConnectJson.payload(json).path("op");
        return operation.isTextual() && operation.textValue().length() == 1;
    }

    static Statement read(ObjectNode json, RecordKey key) throws RefusedException {
        ObjectNode change = ConnectJson.payload(json);
        String operation = change.path("op").textValue();
        Statement statement = switch (operation) {
            case "c", "u" -> upsert(change);
            case "r" -> ofSnapshot(upsert(change));
            case "d" -> delete(change, key);
            case "t" ->
                throw new RefusedException(
                        "unsupported_truncate",
                        "the table was truncated, which names no documents; delete them with delete_by_filter");
            case "m" ->
                throw new RefusedException(
                        "unsupported_message", "a message in the database's log is no change of a document");
            default -> throw new RefusedException("unknown_operation", "op of a Debezium change must be c, r, u or d");
        };
        putEventTime(change, statement.fields());
        return statement;
    }

    private static Statement upsert(ObjectNode change) throws RefusedException {
        if (!(change.get("after") instanceof ObjectNode row)) {
            throw new RefusedException("missing_row", "the change has no row in after");
        }
        ObjectNode fields = fields("upsert", row, OF_AN_UPSERT);
        for (var field : fields.properties()) {
            if (isUnavailable(field.getValue())) {
                throw new RefusedException(
                        field.getKey() + "_unavailable",
                        "Debezium left %s out because it did not change; let the table have REPLICA IDENTITY FULL, or let a later step of the connector put it back"
                                .formatted(field.getKey()));
            }
        }
        for (String field : JSON_IN_TEXT) {
            if (fields.path(field).isTextual()) {
                fields.set(field, StrictJson.value(fields.path(field).textValue(), "invalid_" + field, field));
            }
        }
        return Statement.ofForeign(fields, unknown(change, row));
    }

    /** A row that was there before anybody listened: one of a whole table, and nobody waits for it. */
    private static Statement ofSnapshot(Statement upsert) {
        upsert.fields().put("priority", "backfill");
        return upsert;
    }

    /** The placeholder stands alone: as text, as bytes, or as the only element of an array. */
    private static boolean isUnavailable(JsonNode column) {
        String text = column.isArray() && column.size() == 1 ? column.get(0).textValue() : column.textValue();
        return UNAVAILABLE.equals(text) || UNAVAILABLE_BYTES.equals(text);
    }

    private static Statement delete(ObjectNode change, RecordKey key) throws RefusedException {
        if (!(change.get("before") instanceof ObjectNode row) || !row.hasNonNull("id")) {
            ObjectNode fields = Json.MAPPER.createObjectNode().put("op", "delete");
            key.putInto(fields);
            return Statement.ofForeign(fields, unknown(change, null));
        }
        ObjectNode fields = fields("delete", row, OF_A_DELETE);
        JsonNode last = fields.path("version");
        if (last.isIntegralNumber() && last.canConvertToLong() && last.longValue() < Long.MAX_VALUE) {
            // The row still has the version of its last upsert; the delete comes next.
            fields.put("version", last.longValue() + 1);
        }
        return Statement.ofForeign(fields, unknown(change, row));
    }

    private static ObjectNode fields(String operation, ObjectNode row, Set<String> columns) throws RefusedException {
        for (String column : IDENTITY) {
            if (row.has(column) && !row.hasNonNull(column)) {
                throw new RefusedException(
                        "missing_" + column,
                        "the row has a column %s without a value; should only the primary key have been captured, let the table have REPLICA IDENTITY FULL"
                                .formatted(column));
            }
        }
        ObjectNode fields = Json.MAPPER.createObjectNode().put("op", operation);
        for (var column : row.properties()) {
            if (columns.contains(column.getKey())) {
                fields.set(column.getKey(), column.getValue());
            }
        }
        ConnectJson.writeIdAsText(fields);
        return fields;
    }

    private static int unknown(ObjectNode change, @Nullable ObjectNode row) {
        int unknown = 0;
        for (var field : change.properties()) {
            unknown += OF_THE_ENVELOPE.contains(field.getKey()) ? 0 : 1;
        }
        if (row != null) {
            for (var column : row.properties()) {
                unknown += OF_AN_UPSERT.contains(column.getKey()) ? 0 : 1;
            }
        }
        return unknown;
    }

    /** When the database committed; else when Debezium saw it. */
    private static void putEventTime(ObjectNode change, ObjectNode fields) throws RefusedException {
        JsonNode source = change.path("source").path("ts_ms");
        JsonNode time = source.isMissingNode() || source.isNull() ? change.path("ts_ms") : source;
        if (time.isMissingNode() || time.isNull()) {
            return;
        }
        if (!time.isIntegralNumber() || !time.canConvertToLong()) {
            throw new RefusedException("invalid_event_time", "ts_ms must be milliseconds since 1970");
        }
        fields.put("event_time", Instant.ofEpochMilli(time.longValue()).toString());
    }
}
