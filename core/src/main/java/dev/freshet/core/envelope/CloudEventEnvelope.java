package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.extract.MediaType;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a CloudEvent 1.0. The end of its type says what is done: {@code …document.upsert}, {@code patch}, {@code delete} or
 * {@code delete_by_filter}. Data in JSON are the native fields; any other data are the content. The attributes say what the
 * data do not: {@code subject} the id, {@code time} the event time, and the extensions {@code tenant}, {@code version},
 * {@code epoch} and {@code priority} these.
 */
final class CloudEventEnvelope {
    private static final String STRUCTURED = "application/cloudevents";
    private static final String HEADER = "ce_";
    private static final String INVALID = "invalid_cloud_event";
    private static final List<String> REQUIRED = List.of("id", "source", "type");
    private static final Set<String> OPERATIONS = Set.of("upsert", "patch", "delete", "delete_by_filter");
    private static final Set<String> KNOWN = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "data",
            "data_base64",
            "tenant",
            "version",
            "epoch",
            "priority");

    private CloudEventEnvelope() {}

    /** Whether the value holds all of an event. */
    static boolean isStructured(MediaType type) throws RefusedException {
        if (!type.name().startsWith(STRUCTURED)) {
            return false;
        }
        if (!type.name().equals(STRUCTURED + "+json")) {
            throw new RefusedException(
                    "unsupported_cloud_event", "of structured CloudEvents, Freshet reads single ones in JSON");
        }
        return true;
    }

    static boolean isStructured(ObjectNode json) {
        return json.has("specversion");
    }

    static boolean isBinary(RawRecord raw) {
        return raw.header(HEADER + "specversion") != null;
    }

    /** Attributes in the headers, data in the value. */
    static Statement binary(RawRecord raw, MediaType type) throws RefusedException {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        for (RawHeader header : raw.headers()) {
            if (!header.name().startsWith(HEADER) || header.value() == null) {
                continue;
            }
            String attribute = header.name().substring(HEADER.length());
            if (attributes.has(attribute)) {
                throw new RefusedException(INVALID, "a header of the CloudEvent stands twice");
            }
            attributes.put(attribute, StrictJson.utf8(header.value(), "header of the CloudEvent"));
        }
        String operation = operation(attributes);
        return statement(operation, attributes, raw.value() == null ? noData() : data(raw.value(), type));
    }

    /** Attributes and data in one JSON object. */
    static Statement structured(ObjectNode event) throws RefusedException {
        String operation = operation(event);
        return statement(operation, event, data(event));
    }

    private static String operation(ObjectNode attributes) throws RefusedException {
        if (!"1.0".equals(attributes.path("specversion").textValue())) {
            throw new RefusedException("unsupported_specversion", "Freshet reads CloudEvents of specversion 1.0");
        }
        for (String attribute : REQUIRED) {
            JsonNode value = attributes.path(attribute);
            if (!value.isTextual() || value.textValue().isBlank()) {
                throw new RefusedException(INVALID, "the CloudEvent has no " + attribute);
            }
        }
        String type = attributes.path("type").textValue();
        String operation = type.substring(type.lastIndexOf('.') + 1);
        String subject = type.substring(0, type.length() - operation.length());
        if (!OPERATIONS.contains(operation) || !(subject.equals("document.") || subject.endsWith(".document."))) {
            throw new RefusedException(
                    "unknown_operation",
                    "type of the CloudEvent must end with document.upsert, .patch, .delete or .delete_by_filter");
        }
        return operation;
    }

    private static ObjectNode data(byte[] value, MediaType type) throws RefusedException {
        if (type.isJson()) {
            return StrictJson.object(value, "data of the CloudEvent");
        }
        if (type.charset() != null && type.isUtf8()) {
            return content(type).put(Content.TEXT, StrictJson.utf8(value, "data of the CloudEvent"));
        }
        String stated = type.charset() == null ? type.name() : type.name() + "; charset=" + type.charset();
        return noData().put("content_type", stated)
                .put(Content.BYTES, Base64.getEncoder().encodeToString(value));
    }

    private static ObjectNode data(ObjectNode event) throws RefusedException {
        JsonNode data = present(event, "data");
        JsonNode base64 = present(event, "data_base64");
        if (data != null && base64 != null) {
            throw new RefusedException(INVALID, "the CloudEvent has both data and data_base64");
        }
        MediaType type = MediaType.parse(event.path("datacontenttype").textValue());
        if (base64 != null) {
            return data(Content.base64("data_base64", new Fields(event).requiredText("data_base64")), type);
        }
        if (data == null) {
            return noData();
        }
        if (type.isJson() && data instanceof ObjectNode fields) {
            return fields;
        }
        if (!type.isJson() && data.isTextual()) {
            return content(type).put(Content.TEXT, data.textValue());
        }
        throw new RefusedException(
                INVALID,
                "data of the CloudEvent must be an object of fields, or a string with a datacontenttype that is not JSON");
    }

    private static ObjectNode content(MediaType type) throws RefusedException {
        if (!type.isUtf8()) {
            throw new RefusedException("unsupported_charset", "the data of the CloudEvent must be UTF-8");
        }
        return noData().put("content_type", type.name());
    }

    private static ObjectNode noData() {
        return Json.MAPPER.createObjectNode();
    }

    private static Statement statement(String operation, ObjectNode attributes, ObjectNode fields)
            throws RefusedException {
        if (fields.hasNonNull("op") && !fields.path("op").asText().equals(operation)) {
            throw new RefusedException(INVALID, "op in the data contradicts the type of the CloudEvent");
        }
        fields.put("op", operation);
        if (!operation.equals("delete_by_filter")) {
            putDefault(fields, "id", present(attributes, "subject"));
        }
        putDefault(fields, "event_time", present(attributes, "time"));
        putDefault(fields, "tenant", present(attributes, "tenant"));
        putDefault(fields, "version", number(attributes, "version"));
        putDefault(fields, "epoch", number(attributes, "epoch"));
        putDefault(fields, "priority", present(attributes, "priority"));
        int unknown = 0;
        for (var attribute : attributes.properties()) {
            unknown += KNOWN.contains(attribute.getKey()) ? 0 : 1;
        }
        return Statement.ofForeign(fields, unknown);
    }

    private static void putDefault(ObjectNode fields, String field, @Nullable JsonNode value) {
        if (value != null && !fields.hasNonNull(field)) {
            fields.set(field, value);
        }
    }

    /** Whole numbers of CloudEvents have 32 bits; larger ones travel as text. */
    private static @Nullable JsonNode number(ObjectNode attributes, String attribute) throws RefusedException {
        JsonNode value = present(attributes, attribute);
        return value != null && value.isTextual()
                ? attributes.numberNode(Fields.wholeNumber(attribute, value.textValue()))
                : value;
    }

    private static @Nullable JsonNode present(ObjectNode json, String field) {
        return json.hasNonNull(field) ? json.get(field) : null;
    }
}
