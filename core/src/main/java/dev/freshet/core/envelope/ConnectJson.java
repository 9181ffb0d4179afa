package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as the converter of Kafka Connect writes it. */
final class ConnectJson {
    private ConnectJson() {}

    /** What is meant: the object itself, or its payload where it comes with its schema. */
    static ObjectNode payload(ObjectNode json) {
        return json.has("schema") && json.get("payload") instanceof ObjectNode payload ? payload : json;
    }

    /** Ids are texts: a primary key that is a whole number becomes its decimal digits. */
    static void writeIdAsText(ObjectNode columns) {
        JsonNode id = columns.path("id");
        if (id.isIntegralNumber()) {
            columns.put("id", id.asText());
        }
    }
}
