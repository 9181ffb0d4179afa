package dev.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.eval.judge.BeirFolder;
import dev.freshet.eval.retrieve.FakeQueryApi;
import dev.freshet.eval.retrieve.FakeQueryApi.Answer;
import dev.freshet.eval.retrieve.FakeQueryApi.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
final class EvalTopologyIT {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void writeCollection() throws Exception {
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(folder.resolve("queries.jsonl"), """
                {"_id": "1", "text": "what is lift"}
                {"_id": "2", "text": "what is drag"}
                {"_id": "unjudged", "text": "what is tea"}
                """);
        Files.writeString(folder.resolve("qrels/test.tsv"), """
                query-id\tcorpus-id\tscore
                1\ta\t1
                1\tb\t1
                2\tc\t1
                """);
    }

    @Test
    void everyModeIsMeasuredOverAllJudgedQueries() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(EvalTopologyIT::answer)) {
            JsonNode report = run(api);

            JsonNode hybrid = report.path("modes").path("hybrid");
            assertThat(hybrid.path("queries").asInt()).isEqualTo(2);
            // Query 1: (1 + 1/log2(4)) / (1 + 1/log2(3)) = 0.91972; query 2: 1/log2(3) = 0.63093.
            assertThat(hybrid.path("ndcg@10").asDouble()).isCloseTo((0.91972 + 0.63093) / 2, within(1e-4));
            assertThat(hybrid.path("recall@10").asDouble()).isEqualTo(1);
            assertThat(hybrid.path("empty_retrieval_rate").asDouble()).isZero();
            assertThat(hybrid.path("latency_ms").path("p50").asDouble()).isPositive();

            JsonNode keyword = report.path("modes").path("keyword");
            assertThat(keyword.path("ndcg@10").asDouble()).isEqualTo(0.5);
            assertThat(keyword.path("empty_retrieval_rate").asDouble()).isEqualTo(0.5);
        }
    }

    @Test
    void theReportSaysWhatWasEvaluated() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(EvalTopologyIT::answer)) {
            JsonNode report = run(api);

            assertThat(report.path("collection").asText())
                    .isEqualTo(folder.getFileName().toString());
            assertThat(report.path("api_url").asText()).isEqualTo(api.url());
            assertThat(report.path("tenant").asText()).isEqualTo("tests");
            assertThat(report.path("profile").path("k").asInt()).isEqualTo(10);
            assertThat(report.path("generated_at").asText()).startsWith("20");
            assertThat(report.path("modes").propertyStream().map(mode -> mode.getKey()))
                    .containsExactly("keyword", "hybrid");
        }
    }

    @Test
    void queriesWithoutJudgementsAreNotAsked() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(EvalTopologyIT::answer)) {
            run(api);

            assertThat(api.asked()).hasSize(4).extracting(Asked::query).doesNotContain("what is tea");
            assertThat(api.asked()).extracting(Asked::tenant).containsOnly("tests");
        }
    }

    @Test
    void aFailureThatPassesChangesNothing() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (FakeQueryApi api = new FakeQueryApi(
                asked -> calls.getAndIncrement() % 2 == 0 ? Answer.problem(503, "starting") : answer(asked))) {
            assertThat(run(api).path("modes").path("keyword").path("ndcg@10").asDouble())
                    .isEqualTo(0.5);
        }
    }

    @Test
    void aRefusedQueryCountsAsFoundNothingAndIsNamed() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(
                asked -> asked.query().equals("what is lift") ? Answer.problem(400, "Too long.") : answer(asked))) {
            JsonNode keyword = run(api).path("modes").path("keyword");

            assertThat(keyword.path("queries").asInt()).isEqualTo(2);
            assertThat(keyword.path("refused").asInt()).isEqualTo(1);
            assertThat(keyword.path("refusals").get(0).path("query_id").asText())
                    .isEqualTo("1");
            assertThat(keyword.path("refusals").get(0).path("reason").asText()).contains("Too long.");
        }
    }

    @Test
    void withoutAnswersThereIsNoReport() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(asked -> Answer.problem(503, "The index is away."))) {
            assertThatThrownBy(() -> run(api)).hasStackTraceContaining("The index is away.");
            assertThat(folder.resolve("out/report.json")).doesNotExist();
        }
    }

    @Test
    void aCollectionWithoutJudgedQueriesIsAnError() throws Exception {
        Files.writeString(folder.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\n");
        try (FakeQueryApi api = new FakeQueryApi(EvalTopologyIT::answer)) {
            assertThatThrownBy(() -> run(api)).hasStackTraceContaining("No query of");
        }
    }

    private static Answer answer(Asked asked) {
        if (asked.mode().equals("keyword")) {
            return asked.query().equals("what is lift") ? Answer.found() : Answer.found("c");
        }
        return asked.query().equals("what is lift") ? Answer.found("b", "x", "a") : Answer.found("y", "c");
    }

    private JsonNode run(FakeQueryApi api) throws Exception {
        EvalOptions options = new EvalOptions();
        Path report = folder.resolve("out/report.json");
        new CommandLine(options)
                .parseArgs(List.of(
                                "--beir",
                                folder.toString(),
                                "--output",
                                report.toString(),
                                "--api-url",
                                api.url(),
                                "--tenant",
                                "tests",
                                "--modes",
                                "keyword,hybrid",
                                "--deadline-seconds",
                                "2")
                        .toArray(String[]::new));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, EvalJob.configuration());
        EvalJob.topology(options, new BeirFolder(folder.toString())).build(env);
        env.execute();
        return new JsonMapper().readTree(report.toFile());
    }
}
