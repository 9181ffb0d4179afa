package dev.freshet.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.http.JsonHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** Metrics of a job and of its TaskManager, as Flink's web UI shows them; 0 where it knows none of that name, or not yet. */
public final class JobMetrics {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final JsonHttp http;
    private final Supplier<String> job;

    /** @param job tells Flink's id of the job as it is then */
    public JobMetrics(URI flink, Supplier<String> job) {
        this.http = new JsonHttp(flink);
        this.job = job;
    }

    /** The sum over all subtasks of the metrics whose name ends so, such as {@code freshet.index.retries}. */
    public double sum(String name) throws IOException {
        String path = "/jobs/" + job.get();
        double sum = 0;
        for (JsonNode vertex : get(path).path("vertices")) {
            String metrics = path + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
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
        return sum;
    }

    /** A metric of the job as a whole, such as {@code numberOfFailedCheckpoints}. */
    public double ofJob(String name) throws IOException {
        return value("/jobs/" + job.get() + "/metrics", name);
    }

    /** A metric of the process of the only TaskManager, such as {@code Status.JVM.Memory.Heap.Used}. */
    public double ofTaskManager(String name) throws IOException {
        String id = get("/taskmanagers").path("taskmanagers").path(0).path("id").asText();
        return value("/taskmanagers/" + id + "/metrics", name);
    }

    private double value(String metrics, String name) throws IOException {
        return get(metrics + "?get=" + name).path(0).path("value").asDouble();
    }

    private JsonNode get(String path) throws IOException {
        return http.get(path, DEADLINE).body();
    }
}
