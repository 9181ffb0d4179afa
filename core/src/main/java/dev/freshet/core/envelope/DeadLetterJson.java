package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawHeader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dead letters as the {@code dead-letters} topic carries them ({@code dead-letter.schema.json}). */
public final class DeadLetterJson {
    private DeadLetterJson() {}

    public static byte[] write(DeadLetter letter) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("scope", letter.scope().name().toLowerCase(Locale.ROOT));
        json.set("origin", ReceiptJson.origin(letter.origin()));
        json.put("stage", letter.stage());
        json.put("reason", letter.reason());
        json.put("message", letter.message());
        json.put("attempts", letter.attempts());
        json.put("failed_at", letter.failedAt().toString());
        if (letter.tenant() != null) {
            json.put("tenant", letter.tenant());
        }
        if (letter.documentId() != null) {
            json.put("id", letter.documentId());
        }
        if (letter.key() != null) {
            json.put("key", letter.key());
        }
        if (letter.value() != null) {
            json.put("value", letter.value());
        }
        ArrayNode headers = json.putArray("headers");
        for (RawHeader header : letter.headers()) {
            ObjectNode entry = headers.addObject().put("key", header.name());
            if (header.value() != null) {
                entry.put("value", header.value());
            }
        }
        return Json.bytes(json);
    }

    /** Reads a dead letter; throws {@link IllegalArgumentException} for anything else. */
    public static DeadLetter read(byte[] value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            List<RawHeader> headers = new ArrayList<>();
            for (JsonNode header : json.path("headers")) {
                headers.add(new RawHeader(header.required("key").textValue(), bytes(header, "value")));
            }
            return new DeadLetter(
                    DeadLetter.Scope.valueOf(json.required("scope").textValue().toUpperCase(Locale.ROOT)),
                    ReceiptJson.readOrigin(json.required("origin")),
                    json.required("stage").textValue(),
                    json.required("reason").textValue(),
                    json.required("message").textValue(),
                    json.required("attempts").intValue(),
                    Instant.parse(json.required("failed_at").textValue()),
                    json.path("tenant").textValue(),
                    json.path("id").textValue(),
                    bytes(json, "key"),
                    bytes(json, "value"),
                    headers);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a dead letter: not JSON", e);
        }
    }

    private static byte @Nullable [] bytes(JsonNode json, String field) throws IOException {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value.binaryValue();
    }
}
