package dev.freshet.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.http.JsonHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Metrics of a job and of its TaskManager, as Flink's web UI shows them; 0 where it knows none of that name, or not yet. */
public final class JobMetrics {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** Of the names in one request: Flink takes no longer line than 4 096 characters. */
    private static final int LONGEST_QUERY = 3_000;

    private final JsonHttp http;
    private final Supplier<String> job;
    private final Duration deadline;

    /** @param job tells Flink's id of the job as it is then */
    public JobMetrics(URI flink, Supplier<String> job) {
        this(flink, job, DEADLINE);
    }

    /** @param deadline of each request */
    public JobMetrics(URI flink, Supplier<String> job, Duration deadline) {
        this.http = new JsonHttp(flink);
        this.job = job;
        this.deadline = deadline;
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

    /** The sums over all subtasks of the metrics whose whole name is wanted, by their names; few requests, however many there are. */
    public Map<String, Double> sums(Predicate<String> wanted) throws IOException {
        String path = "/jobs/" + job.get();
        Map<String, Double> sums = new TreeMap<>();
        for (JsonNode vertex : get(path).path("vertices")) {
            String metrics = path + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            List<String> names = new ArrayList<>();
            get(metrics).forEach(metric -> names.add(metric.path("id").asText()));
            names.removeIf(wanted.negate());
            for (String query : queries(names)) {
                for (JsonNode metric : get(metrics + "?agg=sum&get=" + query)) {
                    sums.merge(metric.path("id").asText(), metric.path("sum").asDouble(), Double::sum);
                }
            }
        }
        return sums;
    }

    /** The names with commas between them, as many as a request takes. */
    private static List<String> queries(List<String> names) {
        List<String> queries = new ArrayList<>();
        StringBuilder query = new StringBuilder();
        for (String name : names) {
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
            if (!query.isEmpty() && query.length() + encoded.length() >= LONGEST_QUERY) {
                queries.add(query.toString());
                query.setLength(0);
            }
            query.append(query.isEmpty() ? "" : ",").append(encoded);
        }
        if (!query.isEmpty()) {
            queries.add(query.toString());
        }
        return queries;
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
        return http.get(path, deadline).body();
    }
}
