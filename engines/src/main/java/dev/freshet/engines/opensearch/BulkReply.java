package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.core.index.WriteOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the answer to a {@code _bulk} request. */
final class BulkReply {
    /** Keeps answers small: OpenSearch sends nothing else. */
    static final String FIELDS =
            "items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason";

    private BulkReply() {}

    /** One outcome per item, in the order of the request. */
    static List<WriteOutcome> outcomes(byte[] body) throws IOException {
        List<WriteOutcome> outcomes = new ArrayList<>();
        try (JsonParser json = JsonLines.FACTORY.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean items = json.currentName().equals("items");
                json.nextToken();
                if (items) {
                    readItems(json, outcomes);
                } else {
                    json.skipChildren();
                }
            }
        }
        return outcomes;
    }

    private static void readItems(JsonParser json, List<WriteOutcome> outcomes) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            json.nextToken();
            json.nextToken();
            outcomes.add(readItem(json));
            json.nextToken();
        }
    }

    private static WriteOutcome readItem(JsonParser json) throws IOException {
        int status = 0;
        ItemError error = new ItemError(null, null);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "status" -> status = json.getIntValue();
                case "error" -> error = readError(json);
                default -> json.skipChildren();
            }
        }
        return WriteFailure.ofItem(status, error.type(), error.reason());
    }

    private record ItemError(
            @Nullable String type, @Nullable String reason) {}

    private static ItemError readError(JsonParser json) throws IOException {
        String type = "unknown";
        String reason = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "type" -> type = json.getText();
                case "reason" -> reason = json.getText();
                case "caused_by" -> {
                    String cause =
                            value == JsonToken.START_OBJECT ? readError(json).reason() : null;
                    reason = cause == null ? reason : reason + ": " + cause;
                }
                default -> json.skipChildren();
            }
        }
        return new ItemError(type, reason);
    }
}
