package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackStatus.IngestJobStatus;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Figures of the ingest job and its TaskManager, as Flink's web UI shows them. */
final class FlinkFigures implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;

    FlinkFigures(LocalStack stack) {
        this.stack = stack;
    }

    /** The sum over all subtasks of the metrics whose name ends so, such as {@code freshet.embed.tokensEmbedded}. */
    long sum(String name) throws IOException, InterruptedException {
        double sum = 0;
        for (JsonNode vertex : get("/jobs/" + job()).path("vertices")) {
            String metrics = "/jobs/" + job() + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            for (JsonNode metric : get(metrics)) {
                String id = metric.path("id").asText();
                if (id.endsWith("." + name)) {
                    sum += get(metrics + "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                            .path(0)
                            .path("sum")
                            .asDouble();
                }
            }
        }
        return Math.round(sum);
    }

    /** Bytes of the TaskManager's heap in use, garbage included. */
    long heapUsed() throws IOException, InterruptedException {
        return taskManager("Status.JVM.Memory.Heap.Used");
    }

    private long taskManager(String metric) throws IOException, InterruptedException {
        String id = get("/taskmanagers").path("taskmanagers").path(0).path("id").asText();
        return get("/taskmanagers/" + id + "/metrics?get=" + metric)
                .path(0)
                .path("value")
                .asLong();
    }

    /** The last checkpoint that was completed, as {@code /jobs/ID/checkpoints} tells of it. */
    JsonNode lastCheckpoint() throws IOException, InterruptedException {
        return get("/jobs/" + job() + "/checkpoints").path("latest").path("completed");
    }

    private String job() {
        return stack.status().job().map(IngestJobStatus::id).orElseThrow();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.flink() + path))
                .timeout(DEADLINE)
                .build();
        return Json.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        http.close();
    }
}
