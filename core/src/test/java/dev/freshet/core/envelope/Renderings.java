package dev.freshet.core.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The same change in every envelope that can say it. */
final class Renderings {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Map<String, String> ATTRIBUTES = Map.of("id", "subject", "event_time", "time");

    private Renderings() {}

    static RawRecord ofNative(ObjectNode change) {
        String key = change.path("tenant").textValue() + "/" + change.path("id").asText();
        return Records.record(key, text(change));
    }

    /** Rows know upserts and deletes. */
    static List<RawRecord> ofDebezium(ObjectNode change) {
        boolean delete = change.path("op").textValue().equals("delete");
        ObjectNode row = change.deepCopy();
        row.remove(List.of("op", "event_time"));
        if (delete) {
            row.put("version", row.path("version").longValue() - 1);
        }
        if (NUMBER.matcher(row.path("id").textValue()).matches()) {
            row.set("id", LongNode.valueOf(Long.parseLong(row.path("id").textValue())));
        }
        ObjectNode bare = Json.MAPPER.createObjectNode().put("op", delete ? "d" : "u");
        bare.set(delete ? "before" : "after", row);
        bare.putObject("source")
                .put(
                        "ts_ms",
                        Instant.parse(change.path("event_time").textValue()).toEpochMilli());
        ObjectNode texts = bare.deepCopy();
        for (String field : List.of("metadata", "acl", "content_ref")) {
            ObjectNode columns = (ObjectNode) texts.path(delete ? "before" : "after");
            if (columns.has(field)) {
                columns.put(field, text(columns.path(field)));
            }
        }
        ObjectNode key = Json.MAPPER.createObjectNode().set("id", row.path("id"));
        return List.of(
                Records.record(text(key), text(bare)),
                Records.record(text(key), text(texts)),
                Records.record(text(withSchema(key)), text(withSchema(bare))));
    }

    /** Lone surrogates can stand in JSON, but only escaped. */
    private static String text(JsonNode json) {
        try {
            return Json.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can be written", e);
        }
    }

    private static ObjectNode withSchema(ObjectNode payload) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.putObject("schema").put("type", "struct");
        json.set("payload", payload);
        return json;
    }

    /** All in the data; what can be in the attributes; and that in headers. */
    static List<RawRecord> ofCloudEvents(ObjectNode change) {
        ObjectNode data = change.deepCopy();
        data.remove("op");
        ObjectNode attributes = Json.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", "e")
                .put("source", "/test")
                .put("type", "test.document." + change.path("op").textValue());
        ObjectNode whole = attributes.deepCopy();
        whole.set("data", data);

        ObjectNode rest = data.deepCopy();
        for (String field : List.of("tenant", "id", "version", "epoch", "event_time")) {
            JsonNode value = rest.remove(field);
            if (value != null) {
                attributes.put(ATTRIBUTES.getOrDefault(field, field), value.asText());
            }
        }
        ObjectNode split = attributes.deepCopy();
        split.put("data_base64", text(rest).getBytes(StandardCharsets.UTF_8));

        List<String> headers = new ArrayList<>(List.of("content-type", "application/json"));
        attributes.properties().forEach(attribute -> {
            headers.add("ce_" + attribute.getKey());
            headers.add(attribute.getValue().textValue());
        });
        return List.of(
                Records.record("any", text(whole)),
                Records.record(null, text(split)),
                Records.record(null, text(rest), headers.toArray(String[]::new)));
    }
}
