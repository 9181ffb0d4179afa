package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class IngestJobTest {
    @Test
    void theJobOfTheDefaultOptionsCanBeSubmitted() {
        IngestOptions options = options();
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(IngestJob.configuration(options));

        IngestJob.topology(options).build(env);

        assertThat(env.getStreamGraph().getJobGraph().getNumberOfVertices()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "10s,10000", "2m,120000", "1h,3600000", "30d,2592000000"})
    void timesAreReadWithTheirUnit(String text, long milliseconds) {
        assertThat(options("--checkpoint-interval", text).checkpointInterval)
                .isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void aTimeWithoutUnitIsRefusedInWords() {
        assertThatThrownBy(() -> options("--checkpoint-interval", "10")).hasMessageContaining("such as 10s");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> IngestJob.main(new String[] {
                    "--parallelism",
                    "0",
                    "--chunk-minimum",
                    "100",
                    "--chunk-maximum",
                    "150",
                    "--bulk-concurrency",
                    "0",
                    "--in-flight-bytes",
                    "1",
                    "--embedder",
                    "none",
                    "--opensearch-url",
                    "localhost:9200",
                    "--guard-documents",
                    "-1",
                    "--guard-percent",
                    "101",
                    "--guard-window",
                    "1ms"
                }))
                .isInstanceOf(ParameterException.class)
                .hasMessageContainingAll(
                        "--parallelism",
                        "--chunk-maximum",
                        "--bulk-concurrency",
                        "--in-flight-bytes",
                        "--embedder",
                        "--opensearch-url")
                .hasMessageContainingAll("--guard-documents", "--guard-percent", "--guard-window");
    }

    private static IngestOptions options(String... arguments) {
        IngestOptions options = new IngestOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
