package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.SourcePosition;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** Receipts as the {@code index-changes} topic carries them ({@code index-change.schema.json}). */
public final class ReceiptJson {
    private ReceiptJson() {}

    public static byte[] write(ChangeReceipt receipt) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("tenant", receipt.tenant());
        if (!receipt.documentId().isEmpty()) {
            json.put("id", receipt.documentId());
        }
        json.put("operation", lower(receipt.operation()));
        json.put("epoch", receipt.epoch());
        json.put("version", receipt.version());
        json.put("outcome", lower(receipt.outcome()));
        json.put("chunks", receipt.chunks());
        json.put("chunks_added", receipt.chunksAdded());
        json.put("chunks_kept", receipt.chunksKept());
        json.put("chunks_removed", receipt.chunksRemoved());
        json.put("chunks_embedded", receipt.chunksEmbedded());
        json.put("tokens_embedded", receipt.tokensEmbedded());
        json.put("event_time", receipt.eventTime().toString());
        json.put("acknowledged_at", receipt.acknowledgedAt().toString());
        json.put("derived", receipt.derived());
        json.set("origin", origin(receipt.origin()));
        return Json.bytes(json);
    }

    /** Reads a receipt; throws {@link IllegalArgumentException} for anything else. */
    public static ChangeReceipt read(byte[] value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            return new ChangeReceipt(
                    json.required("tenant").textValue(),
                    json.path("id").asText(""),
                    Operation.valueOf(upper(json, "operation")),
                    json.required("epoch").longValue(),
                    json.required("version").longValue(),
                    ChangeReceipt.Outcome.valueOf(upper(json, "outcome")),
                    json.required("chunks").intValue(),
                    json.required("chunks_added").intValue(),
                    json.required("chunks_kept").intValue(),
                    json.required("chunks_removed").intValue(),
                    json.required("chunks_embedded").intValue(),
                    json.required("tokens_embedded").intValue(),
                    Instant.parse(json.required("event_time").textValue()),
                    Instant.parse(json.required("acknowledged_at").textValue()),
                    json.path("derived").asBoolean(false),
                    readOrigin(json.required("origin")));
        } catch (IOException e) {
            throw new IllegalArgumentException("not a receipt: not JSON", e);
        }
    }

    static ObjectNode origin(SourcePosition position) {
        return Json.MAPPER
                .createObjectNode()
                .put("topic", position.topic())
                .put("partition", position.partition())
                .put("offset", position.offset());
    }

    static SourcePosition readOrigin(JsonNode json) {
        return new SourcePosition(
                json.required("topic").textValue(),
                json.required("partition").intValue(),
                json.required("offset").longValue());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode json, String field) {
        return json.required(field).textValue().toUpperCase(Locale.ROOT);
    }
}
