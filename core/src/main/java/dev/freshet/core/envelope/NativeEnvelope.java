package dev.freshet.core.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.text.CanonicalText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads Freshet's own envelope ({@code document-change.schema.json}) and null values, which are deletes.
 *
 * <p>Without a version, a change has the offset of its record: that is the order of arrival, as long as all
 * changes of a document do without.
 */
public final class NativeEnvelope {
    /** The tenant of changes that name none. */
    public static final String DEFAULT_TENANT = "default";

    /** The largest record that is read, in bytes, unless the operator says otherwise. */
    public static final int LARGEST_RECORD = 10 << 20;

    static final int LONGEST_ID = 1024;
    private static final int LONGEST_TENANT = 128;
    private static final int LATEST_YEAR = 9999;
    private static final int LONGEST_TITLE = 4096;
    private static final int LONGEST_URI = 4096;
    private static final int LONGEST_CONTENT_TYPE = 256;
    private static final int LONGEST_PRINCIPAL = 512;
    private static final int MOST_PRINCIPALS = 1000;
    private static final int MOST_CHARACTERS_OF_ACL = 16_384;
    private static final Set<String> KNOWN = Set.of(
            "op",
            "tenant",
            "id",
            "epoch",
            "version",
            "event_time",
            "title",
            "content_type",
            "content",
            "uri",
            "metadata",
            "acl");

    private final int largestRecord;

    /** @param largestRecord in bytes; larger values are refused unread */
    public NativeEnvelope(int largestRecord) {
        this.largestRecord = largestRecord;
    }

    /** Reads a record. */
    public EnvelopeOutcome read(RawRecord raw) {
        DocumentKey keyOfRecord = null;
        try {
            keyOfRecord = keyOf(raw);
            return raw.value() == null ? tombstone(raw, keyOfRecord) : envelope(raw, raw.value(), keyOfRecord);
        } catch (RefusedException e) {
            return new EnvelopeOutcome.Refused(e.reason(), String.valueOf(e.getMessage()), keyOfRecord);
        }
    }

    private static @Nullable DocumentKey keyOf(RawRecord raw) throws RefusedException {
        if (raw.key() == null) {
            return null;
        }
        DocumentKey key = DocumentKey.parse(utf8(raw.key(), "key"), DEFAULT_TENANT);
        checkName("tenant", key.tenant(), LONGEST_TENANT);
        checkName("id", key.id(), LONGEST_ID);
        return key;
    }

    private static EnvelopeOutcome tombstone(RawRecord raw, @Nullable DocumentKey key) throws RefusedException {
        if (key == null) {
            throw new RefusedException(
                    "no_key_and_no_value",
                    "a record without value deletes the document of its key, but there is no key");
        }
        String version = raw.header("version");
        ChangeOrder order =
                version == null ? new ChangeOrder(0, raw.position().offset()) : order(0, parseVersion(version));
        DocumentChange change = DocumentChange.delete(key, order, Instant.ofEpochMilli(raw.timestamp()), raw);
        return new EnvelopeOutcome.Understood(change, 0);
    }

    private static long parseVersion(String version) throws RefusedException {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw new RefusedException("invalid_version", "header version is not a whole number");
        }
    }

    private EnvelopeOutcome envelope(RawRecord raw, byte[] value, @Nullable DocumentKey keyOfRecord)
            throws RefusedException {
        if (value.length > largestRecord) {
            throw new RefusedException(
                    "record_too_large",
                    "the record has %d bytes; the limit is %d".formatted(value.length, largestRecord));
        }
        JsonNode json = parse(value);
        String tenant = textOr(json, "tenant", keyOfRecord == null ? DEFAULT_TENANT : keyOfRecord.tenant());
        DocumentKey key = new DocumentKey(tenant, requiredText(json, "id"));
        if (key.path().indexOf(CanonicalText.REPLACEMENT) >= 0) {
            // Two ids that differ in what was replaced would become one.
            throw new RefusedException("invalid_id", "tenant and id must not contain U+FFFD or lone surrogates");
        }
        checkName("tenant", key.tenant(), LONGEST_TENANT);
        checkName("id", key.id(), LONGEST_ID);
        if (key.tenant().indexOf('/') >= 0) {
            throw new RefusedException("invalid_tenant", "tenant must not contain '/'");
        }
        if (keyOfRecord != null && !keyOfRecord.equals(key)) {
            // Records of one document must share a partition, or their order is lost.
            throw new RefusedException(
                    "key_mismatch",
                    "the record's key names another document than its value; the key must be tenant/id");
        }
        Operation operation = operation(requiredText(json, "op"));
        ChangeOrder order = order(
                optionalLong(json, "epoch", 0),
                optionalLong(json, "version", raw.position().offset()));
        Instant eventTime = eventTime(json, raw);
        DocumentChange change = operation == Operation.UPSERT
                ? DocumentChange.upsert(
                        key, order, eventTime, fields(json), CanonicalText.of(requiredText(json, "content")), raw)
                : DocumentChange.delete(key, order, eventTime, raw);
        if (keyOfRecord == null
                && !json.hasNonNull("version")
                && !raw.position().inFile()) {
            // Its versions would be offsets of whatever partitions it falls into, which are in no order; lines of a
            // file are.
            throw new RefusedException(
                    "no_key_and_no_version",
                    "a record without key needs a version: offsets order only what shares a partition");
        }
        return new EnvelopeOutcome.Understood(change, unknownFields(json));
    }

    private static JsonNode parse(byte[] value) throws RefusedException {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(utf8(value, "value"));
        } catch (JsonProcessingException e) {
            throw new RefusedException(
                    "malformed_json",
                    "line %d, column %d: %s"
                            .formatted(
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNr(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getColumnNr(),
                                    kindOf(e)));
        }
        if (!json.isObject()) {
            throw new RefusedException("not_an_object", "the value is not a JSON object");
        }
        return json;
    }

    /** The parser's own words may quote the document: only the kind of fault is told. */
    private static String kindOf(JsonProcessingException e) {
        String words = String.valueOf(e.getOriginalMessage());
        if (words.startsWith("Duplicate field") || words.startsWith("Duplicate Object property")) {
            return "a key stands twice";
        }
        if (words.contains("nesting depth")) {
            return "nested too deep";
        }
        return words.contains("end-of-input") ? "the value ends too early" : "not JSON";
    }

    private static DocumentFields fields(JsonNode json) throws RefusedException {
        String title = limited(json, "title", LONGEST_TITLE);
        String contentType = limited(json, "content_type", LONGEST_CONTENT_TYPE);
        return new DocumentFields(
                title == null ? null : CanonicalText.of(title).strip(),
                limited(json, "uri", LONGEST_URI),
                contentType == null ? "text/plain" : contentType,
                Metadata.canonical(json.get("metadata")),
                acl(json.get("acl")));
    }

    private static List<String> acl(@Nullable JsonNode json) throws RefusedException {
        if (json == null || json.isNull()) {
            return List.of();
        }
        if (!json.isArray() || json.size() > MOST_PRINCIPALS) {
            throw new RefusedException(
                    "invalid_acl", "acl must be an array of at most %d strings".formatted(MOST_PRINCIPALS));
        }
        TreeSet<String> principals = new TreeSet<>();
        for (JsonNode principal : json) {
            if (!principal.isTextual()
                    || principal.textValue().isBlank()
                    || principal.textValue().length() > LONGEST_PRINCIPAL) {
                throw new RefusedException(
                        "invalid_acl",
                        "acl must be an array of strings of 1 to %d characters".formatted(LONGEST_PRINCIPAL));
            }
            principals.add(CanonicalText.encodable(principal.textValue()));
        }
        if (principals.isEmpty()) {
            throw new RefusedException(
                    "invalid_acl",
                    "an empty acl would hide the document from everyone; leave acl out to show it to the whole tenant");
        }
        // Every chunk of the document carries them.
        if (principals.stream().mapToInt(String::length).sum() > MOST_CHARACTERS_OF_ACL) {
            throw new RefusedException(
                    "invalid_acl", "acl must have at most %d characters together".formatted(MOST_CHARACTERS_OF_ACL));
        }
        return new ArrayList<>(principals);
    }

    private static Operation operation(String op) throws RefusedException {
        return switch (op) {
            case "upsert" -> Operation.UPSERT;
            case "delete" -> Operation.DELETE;
            default -> throw new RefusedException("unknown_operation", "op must be upsert or delete");
        };
    }

    private static ChangeOrder order(long epoch, long version) throws RefusedException {
        try {
            return new ChangeOrder(epoch, version);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("invalid_version", String.valueOf(e.getMessage()));
        }
    }

    private static Instant eventTime(JsonNode json, RawRecord raw) throws RefusedException {
        String time = optionalText(json, "event_time");
        if (time == null) {
            return Instant.ofEpochMilli(raw.timestamp());
        }
        try {
            OffsetDateTime parsed = OffsetDateTime.parse(time);
            if (parsed.getYear() < 0 || parsed.getYear() > LATEST_YEAR) {
                throw new RefusedException("invalid_event_time", "event_time must be between the years 0 and 9999");
            }
            return parsed.toInstant();
        } catch (DateTimeException e) {
            throw new RefusedException("invalid_event_time", "event_time is not a time as in 2026-01-31T12:00:00Z");
        }
    }

    private static String requiredText(JsonNode json, String field) throws RefusedException {
        String text = optionalText(json, field);
        if (text == null) {
            throw new RefusedException("missing_" + field, field + " is missing");
        }
        return text;
    }

    private static String textOr(JsonNode json, String field, String otherwise) throws RefusedException {
        String text = optionalText(json, field);
        return text == null ? otherwise : text;
    }

    private static @Nullable String optionalText(JsonNode json, String field) throws RefusedException {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new RefusedException("invalid_" + field, field + " must be a string");
        }
        return CanonicalText.encodable(value.textValue());
    }

    private static @Nullable String limited(JsonNode json, String field, int longest) throws RefusedException {
        String text = optionalText(json, field);
        if (text != null && text.length() > longest) {
            throw new RefusedException(
                    "invalid_" + field, "%s must have at most %d characters".formatted(field, longest));
        }
        return text;
    }

    private static long optionalLong(JsonNode json, String field, long otherwise) throws RefusedException {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new RefusedException("invalid_" + field, field + " must be a whole number of at most 53 bits");
        }
        return value.longValue();
    }

    private static int unknownFields(JsonNode json) {
        int unknown = 0;
        for (var field : json.properties()) {
            unknown += KNOWN.contains(field.getKey()) ? 0 : 1;
        }
        return unknown;
    }

    private static void checkName(String what, String name, int longest) throws RefusedException {
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw new RefusedException("invalid_" + what, "%s must have 1 to %d bytes".formatted(what, longest));
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException("invalid_" + what, what + " must not contain control characters");
        }
    }

    private static String utf8(byte[] bytes, String what) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException("not_utf8", "the " + what + " is not UTF-8");
        }
    }
}
