package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Watermarks as the {@code index-watermarks} topic carries them ({@code index-watermark.schema.json}). */
public final class WatermarkJson {
    private WatermarkJson() {}

    public static byte[] write(IndexWatermark watermark) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("topic", watermark.topic());
        json.put("partition", watermark.partition());
        json.put("offset", watermark.offset());
        if (watermark.eventTime() != null) {
            json.put("event_time", watermark.eventTime().toString());
        }
        OutcomeCounts counts = watermark.counts();
        json.put("records", counts.records());
        json.put("applied", counts.applied());
        json.put("unchanged", counts.unchanged());
        json.put("superseded", counts.superseded());
        json.put("dead_lettered", counts.deadLettered());
        json.put("parked", counts.parked());
        json.put("pending", counts.pending());
        json.put("at", watermark.at().toString());
        return Json.bytes(json);
    }

    /** Reads a watermark; throws {@link IllegalArgumentException} for anything else. */
    public static IndexWatermark read(byte[] value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            JsonNode eventTime = json.path("event_time");
            return new IndexWatermark(
                    text(json, "topic"),
                    Math.toIntExact(number(json, "partition")),
                    number(json, "offset"),
                    eventTime.isTextual() ? Instant.parse(eventTime.textValue()) : null,
                    new OutcomeCounts(
                            number(json, "records"),
                            number(json, "applied"),
                            number(json, "unchanged"),
                            number(json, "superseded"),
                            number(json, "dead_lettered"),
                            number(json, "parked"),
                            number(json, "pending")),
                    Instant.parse(text(json, "at")));
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "not a watermark: " + e.getClass().getSimpleName(), e);
        }
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("the watermark has no " + field);
        }
        return value.textValue();
    }

    private static long number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException("the watermark has no " + field);
        }
        return value.longValue();
    }
}
