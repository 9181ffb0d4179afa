package dev.freshet.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.http.CannedService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private static final String READ = "/jobs/a1/vertices/read/subtasks/metrics";
    private static final String INDEX = "/jobs/a1/vertices/index/subtasks/metrics";

    private final CannedService flink;
    private final JobMetrics metrics;

    JobMetricsTest() throws IOException {
        flink = CannedService.answering(Map.of(
                "/jobs/a1",
                "{\"vertices\":[{\"id\":\"read\"},{\"id\":\"index\"}]}",
                READ,
                "[{\"id\":\"read.freshet.retries\"},{\"id\":\"read.notfreshet.retries\"}]",
                READ + "?agg=sum&get=read.freshet.retries",
                "[{\"id\":\"read.freshet.retries\",\"sum\":2.0}]",
                READ + "?agg=sum&get=read.notfreshet.retries",
                "[{\"id\":\"read.notfreshet.retries\",\"sum\":100.0}]",
                INDEX,
                "[{\"id\":\"to index.freshet.retries\"}]",
                INDEX + "?agg=sum&get=to+index.freshet.retries",
                "[{\"id\":\"to index.freshet.retries\",\"sum\":5.0}]",
                "/jobs/a1/metrics?get=restarts",
                "[{\"id\":\"restarts\",\"value\":\"3\"}]",
                "/taskmanagers",
                "{\"taskmanagers\":[{\"id\":\"127.0.0.1:1\"}]}",
                "/taskmanagers/127.0.0.1:1/metrics?get=heap",
                "[{\"id\":\"heap\",\"value\":\"1048576\"}]"));
        metrics = new JobMetrics(flink.uri(), () -> "a1");
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void theMetricsOfAllOperatorsThatHaveTheNameAreAdded() throws Exception {
        assertThat(metrics.sum("freshet.retries")).isEqualTo(7);
    }

    @Test
    void manyMetricsAreAskedForInRequestsThatFlinkTakes() throws Exception {
        StringBuilder ids = new StringBuilder();
        Map<String, String> answers = new HashMap<>();
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // 100 characters each, with the comma: 30 of them are one request.
            String name = "embed.tenant." + "t".repeat(83) + (100 + i);
            ids.append(i == 0 ? "" : ",").append("{\"id\":\"").append(name).append("\"}");
            (i < 30 ? first : second).add(name);
        }
        answers.put("/jobs/a1", "{\"vertices\":[{\"id\":\"read\"},{\"id\":\"index\"}]}");
        answers.put(READ, "[" + ids + "]");
        answers.put(READ + "?agg=sum&get=" + String.join(",", first), sumsOf(first));
        answers.put(READ + "?agg=sum&get=" + String.join(",", second), sumsOf(second));
        answers.put(INDEX, "[{\"id\":\"unwanted\"},{\"id\":\"embed.a%2Eb\"}]");
        answers.put(INDEX + "?agg=sum&get=embed.a%252Eb", "[{\"id\":\"embed.a%2Eb\",\"sum\":5.0}]");
        try (CannedService many = CannedService.answering(answers)) {
            Map<String, Double> sums = new JobMetrics(many.uri(), () -> "a1").sums(name -> name.startsWith("embed."));

            assertThat(sums).hasSize(41).containsEntry("embed.a%2Eb", 5.0).containsEntry(second.getLast(), 1.0);
        }
    }

    private static String sumsOf(List<String> names) {
        return names.stream()
                .map(name -> "{\"id\":\"" + name + "\",\"sum\":1.0}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void theJobAndItsTaskManagerHaveMetricsOfTheirOwn() throws Exception {
        assertThat(metrics.ofJob("restarts")).isEqualTo(3);
        assertThat(metrics.ofTaskManager("heap")).isEqualTo(1 << 20);
    }

    @Test
    void whatFlinkDoesNotKnowIsZero() throws Exception {
        assertThat(metrics.sum("freshet.unknown")).isZero();
        assertThat(metrics.ofJob("unknown")).isZero();
        assertThat(new JobMetrics(flink.uri(), () -> "b2").sum("freshet.retries"))
                .isZero();
    }
}
