package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.reliability.Survives;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers of an index in trouble, which a real one gives only now and then. */
final class OpenSearchIndexWriterTest {
    private static final IndexWrites WRITES = new IndexWrites("acme");
    private static final List<IndexWrite> TWO = List.of(WRITES.noChunk("a", 1), WRITES.noChunk("b", 1));
    private static final String DELETED = "{\"delete\":{\"status\":200}}";

    private record Answer(int status, String body) {}

    /** Without an answer the server stays silent. */
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private OpenSearchConnection connection;
    private OpenSearchIndexWriter writer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/_bulk", exchange -> {
            exchange.getRequestBody().readAllBytes();
            Answer answer = answers.poll();
            if (answer == null) {
                awaitEnd();
                exchange.close();
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        connection = OpenSearchConnection.open(
                new OpenSearchOptions(List.of(url), 2, Duration.ofSeconds(2), Duration.ofSeconds(2)));
        writer = new OpenSearchIndexWriter(connection, InstantSource.system());
    }

    @AfterEach
    void stop() {
        end.countDown();
        connection.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    @Survives("F11")
    void ofManyWritesOnlyTheOneThatDoesNotFitIsRejected() throws Exception {
        answer(200, items(DELETED, error(400, "mapper_parsing_exception")));

        assertThat(write()).containsExactly(new Written(), new Rejected("mapper_parsing_exception", "why"));
    }

    @Test
    void aWriteForWhichTheQueueWasFullIsTriedAgainAndSaysThatItWasTooMuch() throws Exception {
        answer(200, items(DELETED, error(429, "rejected_execution_exception")));

        assertThat(write()).containsExactly(new Written(), new Retryable("rejected_execution_exception", true));
    }

    @Test
    @Survives("F12")
    void aRequestThatWasTooMuchAsAWholeSaysSoForEveryWrite() throws Exception {
        answer(429, "");

        assertThat(write()).containsExactly(new Retryable("status_429", true), new Retryable("status_429", true));
    }

    @Test
    @Survives("F13")
    void aTimeoutThatLandedIsAConflictWhenItIsTriedAgain() throws Exception {
        assertThat(write()).containsExactly(new Retryable("timeout", true), new Retryable("timeout", true));

        answer(200, items(error(409, "version_conflict_engine_exception"), DELETED));
        assertThat(write()).containsExactly(new AlreadyNewer(), new Written());
    }

    @Test
    void anIndexThatIsReadOnlyIsWaitedForButFewerRequestsWouldNotHelp() throws Exception {
        answer(200, items(error(403, "cluster_block_exception"), error(429, "cluster_block_exception")));
        assertThat(write())
                .containsExactly(
                        new Retryable("cluster_block_exception", false),
                        new Retryable("cluster_block_exception", false));

        answer(403, "");
        assertThat(write()).containsOnly(new Retryable("status_403", false));
    }

    @Test
    void aRequestThatIsRefusedAsAWholeIsTakenApartUntilTheWriteToBlameIsAlone() throws Exception {
        answer(413, "");
        answer(200, items(DELETED));
        answer(413, "");

        assertThat(write())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Written()),
                        second -> assertThat(second).isInstanceOf(Rejected.class));
    }

    @Test
    void anAnswerThatIsCutOffSaysNothingAndIsAskedForAgain() throws Exception {
        answer(200, "{\"items\":[" + DELETED);
        assertThat(write()).containsOnly(new Retryable("unreadable_answer"));

        answer(200, items(DELETED));
        assertThat(write()).containsOnly(new Retryable("incomplete_answer"));
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private List<WriteOutcome> write() throws Exception {
        return writer.write(TWO).get(30, TimeUnit.SECONDS);
    }

    private static String items(String... items) {
        return "{\"items\":[" + String.join(",", items) + "]}";
    }

    private static String error(int status, String type) {
        return "{\"delete\":{\"status\":%d,\"error\":{\"type\":\"%s\",\"reason\":\"why\"}}}".formatted(status, type);
    }

    private void awaitEnd() {
        try {
            end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
