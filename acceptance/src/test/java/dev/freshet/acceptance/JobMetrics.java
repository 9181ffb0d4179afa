package dev.freshet.acceptance;

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
import java.util.ArrayList;
import java.util.List;

/** Metrics of the ingest job, as Flink's web UI shows them. */
final class JobMetrics {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;

    JobMetrics(LocalStack stack) {
        this.stack = stack;
    }

    /** The sum over all subtasks of the metrics whose name ends so, such as {@code freshet.index.retries}. */
    double sum(String name) throws IOException, InterruptedException {
        String job = stack.status().job().map(IngestJobStatus::id).orElseThrow();
        double sum = 0;
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            String metrics = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            List<String> ids = new ArrayList<>();
            get(metrics).forEach(metric -> {
                if (metric.path("id").asText().endsWith("." + name)) {
                    ids.add(metric.path("id").asText());
                }
            });
            for (String id : ids) {
                JsonNode answer = get(metrics + "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
                sum += answer.path(0).path("sum").asDouble();
            }
        }
        return sum;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.flink() + path))
                .timeout(DEADLINE)
                .build();
        return Json.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
