package dev.freshet.engines.rerank.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import dev.freshet.core.rerank.RerankPassage;
import dev.freshet.core.rerank.RerankQuery;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.rerank.RerankerContract;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.openai.ApiKey;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpRerankerTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final List<String> TEXTS = List.of("the choir", "the pump", "water");

    @TempDir
    private Path folder;

    private FakeServer server;

    abstract static class HttpContract extends RerankerContract {
        private final String shape;
        private FakeServer right;
        private FakeServer slow;

        HttpContract(String shape) {
            this.shape = shape;
        }

        @BeforeAll
        void startServers() throws IOException {
            right = new FakeServer();
            slow = new FakeServer();
            slow.always(slow::hang);
        }

        @AfterAll
        void stopServers() {
            right.close();
            slow.close();
        }

        @Override
        protected Reranker open() {
            return HttpReranker.open(options(right.url(), shape));
        }

        @Override
        protected Reranker openSlow() {
            return HttpReranker.open(
                    new HttpRerankerOptions(slow.url(), shape, "words", ApiKey.NONE, Duration.ofMinutes(10), 0));
        }
    }

    @Nested
    final class AsCohereHasIt extends HttpContract {
        AsCohereHasIt() {
            super("cohere");
        }
    }

    @Nested
    final class AsJinaHasIt extends HttpContract {
        AsJinaHasIt() {
            super("jina");
        }
    }

    @Nested
    final class AsTextEmbeddingsInferenceHasIt extends HttpContract {
        AsTextEmbeddingsInferenceHasIt() {
            super("tei");
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void requestsHaveTheShapeThatIsWanted() throws Exception {
        for (String shape : List.of("cohere", "jina", "tei")) {
            try (Reranker reranker = HttpReranker.open(options(server.url(), shape))) {
                assertThat(scores(rerank(reranker, AMPLE))).containsExactly(0, 1, 1);
            }
        }
        assertThat(server.bodies.stream().map(JsonNode::toString))
                .containsExactly(
                        "{\"model\":\"words\",\"query\":\"pump water\",\"top_n\":3,\"documents\":[\"the choir\",\"the pump\",\"water\"]}",
                        "{\"model\":\"words\",\"query\":\"pump water\",\"top_n\":3,\"documents\":[\"the choir\",\"the pump\",\"water\"],\"return_documents\":false}",
                        "{\"query\":\"pump water\",\"truncate\":true,\"texts\":[\"the choir\",\"the pump\",\"water\"]}");
        assertThat(server.keys).containsOnly("null");
    }

    @Test
    void onlyTheBestPassagesAreSentWhereThereIsALimit() throws Exception {
        try (Reranker reranker =
                HttpReranker.open(new HttpRerankerOptions(server.url(), "cohere", "words", ApiKey.NONE, AMPLE, 2))) {
            assertThat(scores(rerank(reranker, AMPLE))).containsExactly(0, 1, Double.NaN);
        }
        assertThat(server.bodies.getFirst().path("top_n").asInt()).isEqualTo(2);
        assertThat(server.bodies.getFirst().path("documents")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "pump water",
                "{\"results\": [",
                "{\"results\": {}}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": 3, \"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": -1, \"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": \"2\", \"relevance_score\": 1}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": 2, \"relevance_score\": \"1\"}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": 2, \"relevance_score\": 1e999}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": 2, \"relevance_score\": NaN}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, {\"index\": 2, \"relevance_score\": null}]}",
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1, \"relevance_score\": 1}, 7]}",
                "{\"results\": [{\"index\": 0, \"score\": 1}, {\"index\": 1, \"score\": 1}, {\"index\": 2, \"score\": 1}]}"
            })
    void answersThatAreNoScoresOfThePassagesAreInvalid(String answer) throws Exception {
        server.next(FakeServer.answering(answer));
        try (Reranker reranker = HttpReranker.open(options(server.url(), "cohere"))) {
            assertFailed(rerank(reranker, AMPLE), Kind.INVALID, "nothing of it was used");
            assertThat(scores(rerank(reranker, AMPLE))).hasSize(3);
        }
    }

    @Test
    void moreThanAnAnswerNeedsIsNotRead() throws Exception {
        server.next((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            // Ends when the client has hung up.
            for (int i = 0; i < 1 << 16; i++) {
                exchange.getResponseBody().write(spaces);
            }
        });
        try (Reranker reranker = HttpReranker.open(options(server.url(), "cohere"))) {
            assertFailed(rerank(reranker, AMPLE), Kind.INVALID, "more than");
        }
    }

    @Test
    void passagesThatAreSentBackAreNoReasonToRefuse() throws Exception {
        String large = "\\u0001".repeat(60_000);
        server.next(FakeServer.answering(
                "{\"results\": [{\"index\": 0, \"relevance_score\": 1, \"document\": {\"text\": \"%s\"}}]}"
                        .formatted(large)));
        try (Reranker reranker = HttpReranker.open(options(server.url(), "cohere"))) {
            List<RerankPassage> passages = List.of(new RerankPassage("a", "\u0001".repeat(60_000), null));
            assertThat(scores(reranker.rerank(new RerankQuery("water", null), passages, AMPLE)))
                    .containsExactly(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"429,too many requests", "500,500", "503,503", "404,404", "400,400", "301,not followed"})
    void whatAServerRefusesIsUnavailableAndItsWordsAreNotRepeated(int status, String words) throws Exception {
        server.next(FakeServer.status(
                status,
                "{\"error\": \"pump %s\"}".formatted(FakeServer.KEY),
                "Location",
                server.url(),
                "Retry-After",
                "0"));
        try (Reranker reranker = HttpReranker.open(withKey())) {
            assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, words);
        }
        assertThat(server.bodies).hasSize(1);
        assertThat(server.keys).containsExactly("Bearer " + FakeServer.KEY);
    }

    @Test
    void aKeyThatWasReplacedIsReadAgainWhenTheOldOneIsRefused() throws Exception {
        server.next(FakeServer.status(401, ""));
        try (Reranker reranker = HttpReranker.open(withKey())) {
            Files.writeString(folder.resolve("key.txt"), "new\n");
            assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, "401");
            assertThat(scores(rerank(reranker, AMPLE))).hasSize(3);
        }
        assertThat(server.keys).containsExactly("Bearer " + FakeServer.KEY, "Bearer new");
    }

    @Test
    void withoutItsKeyItIsNotOpened() {
        ApiKey key = new ApiKey(folder.resolve("none").toString(), null, ApiKey.AUTHORIZATION);

        assertThatThrownBy(() ->
                        HttpReranker.open(new HttpRerankerOptions(server.url(), "cohere", "words", key, AMPLE, 0)))
                .isInstanceOf(RerankerMisconfiguredException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aConnectionThatFailsIsTriedOnceMore() throws Exception {
        try (Reranker reranker = HttpReranker.open(options(server.url(), "cohere"))) {
            server.next(FakeServer::hangUp);
            assertThat(scores(rerank(reranker, AMPLE))).hasSize(3);
            assertThat(server.bodies).hasSize(2);

            server.next(FakeServer::hangUp);
            server.next(FakeServer::hangUp);
            assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, "gave no answer");
            assertThat(server.bodies).hasSize(4);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (Reranker reranker = HttpReranker.open(options("http://localhost:%d/rerank".formatted(free), "tei"))) {
            assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, "gave no answer");
        }
    }

    @Test
    void itsOwnTimeoutHoldsWhereTheBudgetIsLonger() throws Exception {
        server.always(server::hang);
        try (Reranker reranker = HttpReranker.open(
                new HttpRerankerOptions(server.url(), "cohere", "words", ApiKey.NONE, Duration.ofMillis(100), 0))) {
            assertFailed(rerank(reranker, Duration.ofHours(1)), Kind.TIMEOUT, "PT0.1S");
        }
    }

    @Test
    void aServerThatFailsAgainAndAgainIsLeftAloneForAWhile() throws Exception {
        server.always(FakeServer.status(500, ""));
        AtomicLong now = new AtomicLong();
        try (Reranker reranker = new HttpReranker(options(server.url(), "cohere"), now::get)) {
            for (int i = 0; i < 5; i++) {
                assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, "500");
            }
            assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, "left alone");
            assertThat(server.bodies).hasSize(5);

            server.always(FakeServer::rerank);
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            for (int i = 0; i < 3; i++) {
                assertThat(scores(rerank(reranker, AMPLE))).hasSize(3);
            }
            assertThat(server.bodies).hasSize(8);
        }
    }

    @Test
    void aServerThatHangsCostsOnlyTheFirstQueriesTheirBudget() throws Exception {
        server.always(server::hang);
        try (Reranker reranker = HttpReranker.open(options(server.url(), "cohere"))) {
            for (int i = 0; i < 5; i++) {
                assertFailed(rerank(reranker, Duration.ofMillis(60)), Kind.TIMEOUT, "no answer");
            }
            assertFailed(rerank(reranker, Duration.ofHours(1)), Kind.UNAVAILABLE, "left alone");
        }
    }

    @Test
    void neitherBudgetsThatAreTooShortNorRequestsThatAreRefusedSayAnythingOfTheServer() throws Exception {
        try (Reranker reranker = HttpReranker.open(options(server.url(), "cohere"))) {
            for (int i = 0; i < 10; i++) {
                rerank(reranker, Duration.ofNanos(1)).get(10, TimeUnit.SECONDS);
                server.next(FakeServer.status(413, ""));
                assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, "413");
            }
            assertThat(scores(rerank(reranker, AMPLE))).hasSize(3);
        }
    }

    @Test
    void requestsThatAreOpenAreBounded() throws Exception {
        server.always(server::hang);
        try (Reranker reranker = HttpReranker.open(options(server.url(), "cohere"))) {
            List<CompletableFuture<RerankOutcome>> open = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                open.add(rerank(reranker, AMPLE));
            }
            assertFailed(rerank(reranker, AMPLE), Kind.UNAVAILABLE, "64 requests");
            reranker.close();
            for (CompletableFuture<RerankOutcome> outcome : open) {
                assertFailed(outcome, Kind.UNAVAILABLE, "closed");
            }
        }
    }

    private HttpRerankerOptions withKey() throws IOException {
        Path file = Files.writeString(folder.resolve("key.txt"), FakeServer.KEY + "\n");
        return new HttpRerankerOptions(
                server.url(), "cohere", "words", new ApiKey(file.toString(), null, ApiKey.AUTHORIZATION), AMPLE, 0);
    }

    private static HttpRerankerOptions options(String url, String shape) {
        return new HttpRerankerOptions(url, shape, "words", ApiKey.NONE, AMPLE, 0);
    }

    private static CompletableFuture<RerankOutcome> rerank(Reranker reranker, Duration budget) {
        List<RerankPassage> passages =
                TEXTS.stream().map(text -> new RerankPassage(text, text, null)).toList();
        return reranker.rerank(new RerankQuery("pump water", null), passages, budget);
    }

    private static double[] scores(CompletableFuture<RerankOutcome> outcome) throws Exception {
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(Scored.class);
        return ((Scored) outcome.get()).scores();
    }

    private static void assertFailed(CompletableFuture<RerankOutcome> outcome, Kind kind, String words)
            throws Exception {
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.reason()).contains(words).doesNotContain("pump", FakeServer.KEY);
        });
    }
}
