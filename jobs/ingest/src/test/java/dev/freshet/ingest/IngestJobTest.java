package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.fair.TenantAmounts;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import dev.freshet.ingest.inflight.WaitingLimits;
import dev.freshet.ingest.kafka.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @CsvSource({"--content-allow=s3://corpus/texts/,kafka", "--files=s3://corpus/backlog,files"})
    void aStoreThatFlinkHasNoFileSystemForIsRefusedWithWhatToDo(String option, String source) {
        assertThatThrownBy(() -> IngestJob.main(new String[] {option, "--source", source}))
                .hasMessageContainingAll(option.split("=", 2)[0], "s3://corpus/", "flink-s3-fs-native", "plugins/")
                // What a person sees of it is the innermost cause.
                .hasNoCause();
    }

    @Test
    void aRunOverFilesEndsAndNeedsNoKafkaForItsSources(@TempDir Path folder) {
        IngestOptions options =
                options("--source", "files", "--files", folder.toUri().toString());

        IngestTopology topology = IngestJob.topology(options);

        assertThat(options.problems()).isEmpty();
        assertThat(topology.source().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(topology.control().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--source=files --files=/data --files-watch=10s",
                "--source=files-then-kafka --files=/data --start=latest",
                "--documents-topic=a,b --start=offsets:a:0:1,b:0:2 --kafka-property=security.protocol=SSL"
            })
    void everyOtherRunGoesOn(String arguments) {
        IngestOptions options = options(arguments.split(" "));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(IngestJob.configuration(options));

        IngestTopology topology = IngestJob.topology(options);
        topology.build(env);

        assertThat(options.problems()).isEmpty();
        assertThat(topology.source().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(topology.control().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(env.getStreamGraph().getJobGraph().getNumberOfVertices()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--source=elsewhere|--source must be",
                "--documents-topic=a,,b|--documents-topic",
                "--documents-topic=a b|--documents-topic",
                "--start=tomorrow|--start: 'tomorrow'",
                "--start=offsets:other:0:1|not in --documents-topic: other",
                "--source=files|needs --files",
                "--files=file:/data|need --source files",
                "--source=files --files=file:/data --files-format=csv|--files-format",
                "--source=files --files=file:/data --files-tenant=a/b|--files-tenant",
                "--source=files --files=file:/data --files-watch=10ms|--files-watch must be",
                "--source=files-then-kafka --files=file:/data --files-watch=10s|does not go with",
                "--content-allow=/data|--content-allow '/data'",
                "--largest-content=10|--largest-content",
                "--fetch-deadline=10ms|--fetch-deadline"
            })
    void whatIsWrongWithSourcesAndContentIsSaid(String arguments, String problem) {
        assertThat(options(arguments.split(" (?=--)")).problems())
                .singleElement()
                .asString()
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--embedder=openai|needs --embedder-url",
                "--embedder=openai --embedder-url=http://host/v1|needs --embedder-model",
                "--embedder=openai --embedder-url=host --embedder-model=m|--embedder-url must be",
                "--embedder-url=http://host/v1|need --embedder openai",
                "--embedder-concurrency=0|--embedder-concurrency",
                "--token-vectors=triples|--token-vectors must be one of off, bits, pairs",
                "--embedder=hash --token-vectors=bits|needs an encoder",
                "--embedder=onnx|needs --embedder-model-path",
                "--embedder-model-path=/models/m|need --embedder onnx",
                "--embedder=onnx --embedder-model-path=/models/m --embedder-pooling=sum|--embedder-pooling must be",
                "--embedder=onnx --embedder-model-path=/models/m --embedder-device=tpu|--embedder-device must be",
                "--embedder=onnx --embedder-model-path=/models/m --embedder-max-tokens=2|--embedder-max-tokens must be",
                "--embedder=onnx --embedder-model-path=/models/m --embedder-batch-tokens=-1|--embedder-batch-tokens must be",
                "--embedder=openai --embedder-url=http://host/v1 --embedder-model=m --embedder-timeout=1h|--embedder-timeout"
            })
    void whatIsWrongWithAnEmbedderIsSaid(String arguments, String problem) {
        assertThat(options(arguments.split(" (?=--)")).problems())
                .singleElement()
                .asString()
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tenant-weights=acme|--tenant-weights: 'acme' is no tenant=number",
                "--tenant-weights=acme=0|--tenant-weights must be from 1 to 1000000",
                "--tenant-weights=*=0|--tenant-weights must be from 1 to 1000000",
                "--tenant-daily-tokens=acme=999|--tenant-daily-tokens must be 0, or at least 1000",
                "--tenant-daily-tokens=acme=1000,acme=0|--tenant-daily-tokens: 'acme' stands there twice",
                "--live-share=0.91|--live-share",
                "--waiting-changes=0|--waiting-changes",
                "--waiting-bytes=1|--waiting-bytes"
            })
    void whatIsWrongWithWhoGoesFirstIsSaid(String argument, String problem) {
        assertThat(options(argument).problems()).singleElement().asString().contains(problem);
    }

    @Test
    void tenantsHaveTheirWeightsAndCaps() {
        IngestOptions options = options(
                "--tenant-weights=acme=3,globex=1",
                "--tenant-daily-tokens=acme=1000000,*=2000",
                "--live-share=0.5",
                "--waiting-changes=7",
                "--waiting-bytes=4096");

        assertThat(options.problems()).isEmpty();
        assertThat(IngestJob.topology(options).waiting())
                .isEqualTo(new WaitingLimits(
                        new TenantAmounts(Map.of("acme", 3L, "globex", 1L), 1),
                        new TenantAmounts(Map.of("acme", 1_000_000L), 2_000),
                        0.5,
                        7,
                        4_096,
                        65_536));
    }

    @Test
    void aJobWithAProviderCanBeSubmittedAndTakesNoKeyAlong(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "sk-hunter5");
        IngestOptions options = options(
                "--embedder", "openai",
                "--embedder-url", "https://provider.example/v1",
                "--embedder-model", "m",
                "--embedder-key-file", key.toString(),
                "--embedder-request-texts", "16",
                "--embedder-concurrency", "4");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(IngestJob.configuration(options));

        IngestTopology topology = IngestJob.topology(options);
        topology.build(env);

        assertThat(options.problems()).isEmpty();
        assertThat(topology.embedLimits().batchItems()).isEqualTo(16);
        assertThat(topology.embedLimits().parallelism()).isEqualTo(4);
        assertThat(InstantiationUtil.serializeObject(env.getStreamGraph().getJobGraph()))
                .asString(StandardCharsets.ISO_8859_1)
                .contains("provider.example")
                .doesNotContain("hunter5");
    }

    @Test
    void aJobWithAnExportedEncoderIsSubmittedFromAMachineThatHasNoneOfItsFiles() {
        IngestOptions options = options(
                "--embedder", "onnx",
                "--embedder-model-path", "/models/gte",
                "--embedder-pooling", "cls",
                "--embedder-passage-prefix", "",
                "--embedder-max-tokens", "256");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(IngestJob.configuration(options));

        IngestJob.topology(options).build(env);

        assertThat(options.problems()).isEmpty();
        assertThat(options.embedder().exported())
                .isEqualTo(new OnnxOptions("/models/gte", "cls", null, "", 256, "auto", 0));
        assertThat(env.getStreamGraph().getJobGraph().getNumberOfVertices()).isPositive();
    }

    @Test
    void secretsAreNeverRepeated() {
        IngestOptions wrong = options(
                "--kafka-property", "hunter1",
                "--kafka-property", "=hunter2",
                "--kafka-property", "group.id=hunter3",
                "--kafka-property", "sasl.jaas.config=user=\"a\" password=\"hunter4\";");
        assertThat(wrong.problems())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains("--kafka-property"))
                .noneSatisfy(problem -> assertThat(problem).contains("hunter"));

        IngestOptions right = options("--kafka-property", "sasl.jaas.config=user=\"a\" password=\"hunter4\";");
        KafkaConnection kafka = right.source.kafka("localhost:9092");
        assertThat(right.problems()).isEmpty();
        assertThat(kafka.clientProperties()).containsEntry("sasl.jaas.config", "user=\"a\" password=\"hunter4\";");
        assertThat(kafka.toString()).doesNotContain("hunter").contains("sasl.jaas.config");
    }

    private static IngestOptions options(String... arguments) {
        IngestOptions options = new IngestOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
