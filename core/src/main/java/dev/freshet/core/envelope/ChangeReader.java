package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.extract.MediaType;

/**
 * Reads the records of the {@code documents} topic, each in one of these envelopes:
 *
 * <ul>
 *   <li>Freshet's own ({@code document-change.schema.json});
 *   <li>CloudEvents 1.0 in binary or structured mode ({@code cloud-event.schema.json});
 *   <li>Debezium's JSON, with or without its schema ({@code debezium-change.schema.json});
 *   <li>no value at all: the document that the key names is deleted.
 * </ul>
 *
 * <p>All are rewritten into the fields of the first, and {@link NativeChange} alone says whether these are a change. The
 * outcome depends on the record alone, never on those before it. Reading never throws, and takes time linear in the size of
 * the record. Safe for concurrent use.
 */
public final class ChangeReader {
    /** The tenant of changes that name none. */
    public static final String DEFAULT_TENANT = "default";

    /** The largest record that is read, in bytes, unless the operator says otherwise. */
    public static final int LARGEST_RECORD = 10 << 20;

    private final int largestRecord;

    /** @param largestRecord in bytes; larger values are refused unread */
    public ChangeReader(int largestRecord) {
        this.largestRecord = largestRecord;
    }

    /** Reads a record. */
    public EnvelopeOutcome read(RawRecord raw) {
        RecordKey key = RecordKey.ABSENT;
        try {
            key = RecordKey.of(raw);
            return NativeChange.check(statement(raw, key), key, raw);
        } catch (RefusedException e) {
            return new EnvelopeOutcome.Refused(
                    e.reason(), String.valueOf(e.getMessage()), e.document() == null ? key.document() : e.document());
        }
    }

    private Statement statement(RawRecord raw, RecordKey key) throws RefusedException {
        byte[] value = raw.value();
        if (value != null && value.length > largestRecord) {
            throw new RefusedException(
                    "record_too_large",
                    "the record has %d bytes; the limit is %d".formatted(value.length, largestRecord));
        }
        MediaType type = MediaType.parse(raw.header("content-type"));
        boolean structured = CloudEventEnvelope.isStructured(type);
        if (!structured && CloudEventEnvelope.isBinary(raw)) {
            return CloudEventEnvelope.binary(raw, type);
        }
        if (value == null) {
            return tombstone(key);
        }
        ObjectNode json = StrictJson.object(value, "value");
        if (structured || CloudEventEnvelope.isStructured(json)) {
            return CloudEventEnvelope.structured(json);
        }
        return DebeziumEnvelope.isChange(json) ? DebeziumEnvelope.read(json, key) : Statement.ofNative(json);
    }

    private static Statement tombstone(RecordKey key) throws RefusedException {
        if (key.isAbsent()) {
            throw new RefusedException(
                    "no_key_and_no_value",
                    "a record without value deletes the document of its key, but there is no key");
        }
        ObjectNode fields = Json.MAPPER.createObjectNode().put("op", "delete");
        key.putInto(fields);
        return Statement.ofNative(fields);
    }
}
