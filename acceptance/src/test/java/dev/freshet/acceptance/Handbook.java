package dev.freshet.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The edit history of a company handbook, oldest first. */
final class Handbook {
    private Handbook() {}

    /** The first changes of the history; skips the test where the data is not there. */
    static List<ChangeEnvelope> changes(String tenant, int count) throws IOException {
        Path file = SharedData.folder().resolve("handbook.jsonl.gz");
        assumeTrue(Files.exists(file), "needs " + file.getFileName() + " in the shared data folder");
        List<ChangeEnvelope> changes = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && changes.size() < count; line = lines.readLine()) {
                changes.add(change(tenant, Json.MAPPER.readTree(line)));
            }
        }
        return changes;
    }

    private static ChangeEnvelope change(String tenant, JsonNode json) {
        DocumentKey key = new DocumentKey(tenant, json.required("id").textValue());
        ChangeOrder order = new ChangeOrder(0, json.required("version").longValue());
        var time = OffsetDateTime.parse(json.required("event_time").textValue()).toInstant();
        return json.required("op").textValue().equals("delete")
                ? ChangeEnvelope.delete(key, order, time)
                : ChangeEnvelope.upsert(
                        key,
                        order,
                        time,
                        json.required("content_type").textValue(),
                        json.required("content").textValue());
    }
}
