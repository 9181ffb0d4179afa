package dev.freshet.core.envelope;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes to text and text to JSON, both strictly; what is wrong is told without quoting the document. */
final class StrictJson {
    private StrictJson() {}

    /** @param what the bytes are, for the message */
    static String utf8(byte[] bytes, String what) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException("not_utf8", "the " + what + " is not UTF-8");
        }
    }

    static ObjectNode object(byte[] bytes, String what) throws RefusedException {
        return object(utf8(bytes, what), what);
    }

    static ObjectNode object(String text, String what) throws RefusedException {
        if (value(text, "malformed_json", what) instanceof ObjectNode object) {
            return object;
        }
        throw new RefusedException("not_an_object", "the " + what + " is not a JSON object");
    }

    /** @param reason of the refusal, should the text not be JSON */
    static JsonNode value(String text, String reason, String what) throws RefusedException {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw new RefusedException(
                    reason,
                    "the %s, line %d, column %d: %s"
                            .formatted(what, place.getLineNr(), place.getColumnNr(), kindOf(e)));
        }
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
        return words.contains("end-of-input") ? "it ends too early" : "not JSON";
    }
}
