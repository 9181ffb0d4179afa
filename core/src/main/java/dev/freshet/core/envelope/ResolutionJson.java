package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.Resolution;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** Resolutions as the {@code dead-letters-resolved} topic carries them ({@code dead-letter-resolution.schema.json}). */
public final class ResolutionJson {
    private ResolutionJson() {}

    public static byte[] write(Resolution resolution) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("action", resolution.action().name().toLowerCase(Locale.ROOT));
        json.put("at", resolution.at().toString());
        return Json.bytes(json);
    }

    /** Reads a resolution; throws {@link IllegalArgumentException} for anything else. */
    public static Resolution read(byte[] value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            return new Resolution(
                    Resolution.Action.valueOf(json.required("action").asText().toUpperCase(Locale.ROOT)),
                    Instant.parse(json.required("at").asText()));
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "not a resolution: " + e.getClass().getSimpleName(), e);
        }
    }
}
