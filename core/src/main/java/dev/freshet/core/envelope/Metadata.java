package dev.freshet.core.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.core.text.CanonicalText;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The metadata of a document: a flat JSON object of scalars and arrays of strings. */
final class Metadata {
    private static final int MOST_KEYS = 100;
    private static final int MOST_CHARACTERS = 16_384;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private Metadata() {}

    /** The metadata in canonical form, which is equal for equal metadata: keys sorted, no white space. */
    static String canonical(@Nullable JsonNode metadata) throws RefusedException {
        if (metadata == null || metadata.isNull()) {
            return "{}";
        }
        if (!metadata.isObject() || metadata.size() > MOST_KEYS) {
            throw new RefusedException(
                    "invalid_metadata", "metadata must be an object of at most %d keys".formatted(MOST_KEYS));
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            check(entry.getKey(), entry.getValue());
            sorted.put(entry.getKey(), encodable(entry.getValue()));
        }
        try {
            String canonical = Json.MAPPER.writeValueAsString(sorted);
            // Every chunk of the document carries it.
            if (canonical.length() > MOST_CHARACTERS) {
                throw new RefusedException(
                        "invalid_metadata",
                        "metadata must have at most %d characters as JSON".formatted(MOST_CHARACTERS));
            }
            return canonical;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was read can be written", e);
        }
    }

    private static JsonNode encodable(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(CanonicalText.encodable(value.textValue()));
        }
        if (!value.isArray()) {
            return value;
        }
        ArrayNode clean = Json.MAPPER.createArrayNode();
        value.forEach(element -> clean.add(encodable(element)));
        return clean;
    }

    private static void check(String key, JsonNode value) throws RefusedException {
        if (!KEY.matcher(key).matches()) {
            throw new RefusedException(
                    "invalid_metadata", "a metadata key must have 1 to 64 letters, digits, '_', '.' or '-'");
        }
        boolean strings = value.isArray();
        for (JsonNode element : value) {
            strings = strings && element.isTextual();
        }
        // Larger numbers than a double holds are read as infinite, which JSON cannot write.
        boolean number = value.isNumber() && (!value.isDouble() || Double.isFinite(value.doubleValue()));
        if (!value.isTextual() && !number && !value.isBoolean() && !strings) {
            throw new RefusedException(
                    "invalid_metadata",
                    "a metadata value must be a string, a number, a boolean or an array of strings");
        }
    }
}
