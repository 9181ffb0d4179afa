package dev.freshet.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.http.CannedService;
import java.io.IOException;
import java.util.Map;
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
