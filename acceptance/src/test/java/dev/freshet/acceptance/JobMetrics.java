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
import java.util.function.Supplier;

/** Metrics of the ingest job, as Flink's web UI shows them. */
final class JobMetrics {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI flink;
    private final Supplier<String> job;

    JobMetrics(LocalStack stack) {
        this(stack.flink(), () -> stack.status().job().map(IngestJobStatus::id).orElseThrow());
    }

    /** @param job tells Flink's id of the job as it is then */
    JobMetrics(URI flink, Supplier<String> job) {
        this.flink = flink;
        this.job = job;
    }

    /** The sum over all subtasks of the metrics whose name ends so, such as {@code freshet.index.retries}. */
    double sum(String name) throws IOException, InterruptedException {
        String id = job.get();
        double sum = 0;
        for (JsonNode vertex : get("/jobs/" + id).path("vertices")) {
            String metrics = "/jobs/" + id + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            List<String> ids = new ArrayList<>();
            get(metrics).forEach(metric -> {
                if (metric.path("id").asText().endsWith("." + name)) {
                    ids.add(metric.path("id").asText());
                }
            });
            for (String metric : ids) {
                JsonNode answer = get(metrics + "?agg=sum&get=" + URLEncoder.encode(metric, StandardCharsets.UTF_8));
                sum += answer.path(0).path("sum").asDouble();
            }
        }
        return sum;
    }

    /** A metric of the job as a whole, such as {@code numberOfFailedCheckpoints}. */
    double ofJob(String name) throws IOException, InterruptedException {
        return get("/jobs/" + job.get() + "/metrics?get=" + name)
                .path(0)
                .path("value")
                .asDouble();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(flink.resolve(path)).timeout(DEADLINE).build();
        return Json.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
