package dev.freshet.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.envelope.Json;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A way to ask the query API.
 *
 * @param fields of the request beside the query, the hits and what they are grouped by; they may name those as well
 */
record SearchVariant(String name, ObjectNode fields) {
    static SearchVariant of(String name, String json) {
        try {
            if (Json.MAPPER.readTree(json) instanceof ObjectNode fields) {
                return new SearchVariant(name, fields);
            }
        } catch (JsonProcessingException e) {
            throw new TypeConversionException("the fields of '%s' are no JSON: %s".formatted(name, json));
        }
        throw new TypeConversionException("the fields of '%s' are no JSON object: %s".formatted(name, json));
    }

    /** The body of a request whose hits are documents. */
    byte[] body(String query, int documents) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("query", query);
        body.put("k", documents).put("group_by", "document");
        for (var field : fields.properties()) {
            JsonNode value = field.getValue();
            body.set(field.getKey(), value);
        }
        return Json.bytes(body);
    }

    /** Reads {@code name={"mode":"hybrid"}}. */
    static final class Converter implements ITypeConverter<SearchVariant> {
        @Override
        public SearchVariant convert(String value) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                throw new TypeConversionException("not NAME=JSON: " + value);
            }
            return of(value.substring(0, equals), value.substring(equals + 1));
        }
    }
}
