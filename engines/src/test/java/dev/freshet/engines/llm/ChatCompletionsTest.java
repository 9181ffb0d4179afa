package dev.freshet.engines.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.govern.Timer;
import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.llm.ChatMessage.Role;
import dev.freshet.engines.llm.ChatOutcome.Answered;
import dev.freshet.engines.llm.ChatOutcome.Failed;
import dev.freshet.engines.llm.ChatOutcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ChatCompletionsTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final String SECRET = "sk-secret-123";
    private static final ChatRequest REQUEST = new ChatRequest(
            List.of(new ChatMessage(Role.SYSTEM, "Answer."), new ChatMessage(Role.USER, "Is there \"tea\"?\uD83D")),
            7,
            0.5);

    @TempDir
    private Path folder;

    private final Clock clock = new Clock();
    private FakeModel model;
    private ChatCompletions client;

    /** Stands still until a test moves it. */
    private static final class Clock implements Timer {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public void after(Duration wait, Runnable then) {
            throw new UnsupportedOperationException("nothing waits for this clock");
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() throws IOException {
        model = new FakeModel(FakeModel.saying("Yes."));
        client = ChatCompletions.open(model.settings(PATIENT, 4), clock);
    }

    @AfterEach
    void stop() {
        client.close();
        model.close();
    }

    @Test
    void aRequestHoldsTheModelTheMessagesAndTheirLimits() throws Exception {
        assertThat(ask()).isEqualTo(new Answered("Yes.", 12, 3));

        assertThat(model.bodies).singleElement().hasToString("""
                {"model":"parrot","messages":[{"role":"system","content":"Answer."},\
                {"role":"user","content":"Is there \\"tea\\"??"}],"max_tokens":7,"temperature":0.5,"stream":false}""");
        assertThat(model.keys).containsExactly("null");
    }

    @Test
    void theKeyIsReadFromAFileAndReadAgainWhenItIsRefused() throws Exception {
        Path file = folder.resolve("key.txt");
        Files.writeString(file, SECRET + "\n");
        LlmSettings settings = new LlmSettings(
                model.url(), "parrot", new ApiKey(file.toString(), null, ApiKey.AUTHORIZATION), PATIENT, 4);
        try (ChatCompletions signed = ChatCompletions.open(settings)) {
            signed.ask(REQUEST).get(30, TimeUnit.SECONDS);
            Files.writeString(file, "sk-new");
            model.from(FakeModel.status(401, "{\"error\": {\"message\": \"no such key " + SECRET + "\"}}"));
            Failed replaced = failed(signed.ask(REQUEST));
            Failed refused = failed(signed.ask(REQUEST));

            assertThat(model.keys).containsExactly("Bearer " + SECRET, "Bearer " + SECRET, "Bearer sk-new");
            assertThat(replaced.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
            assertThat(replaced.reason() + refused.reason()).contains("key").doesNotContain("sk-");
        }
    }

    @Test
    void withoutItsKeyNoClientOpens() {
        ApiKey missing = new ApiKey(folder.resolve("none").toString(), null, ApiKey.AUTHORIZATION);

        assertThatThrownBy(opening(new LlmSettings(model.url(), "parrot", missing, PATIENT, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
    }

    private static ThrowingCallable opening(LlmSettings settings) {
        return () -> ChatCompletions.open(settings).close();
    }

    @ParameterizedTest
    @CsvSource({
        "400,REFUSED",
        "401,REFUSED",
        "404,REFUSED",
        "301,REFUSED",
        "402,REFUSED",
        "408,UNAVAILABLE",
        "429,UNAVAILABLE",
        "500,UNAVAILABLE",
        "503,UNAVAILABLE"
    })
    void aStatusSaysWhyThereIsNoAnswer(int status, Kind kind) throws Exception {
        model.from(FakeModel.status(
                status, "{\"error\": \"tea\"}", "Location", "http://localhost:1/", "Retry-After", "0"));

        assertThat(ask()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.reason())
                    .contains(model.url())
                    .contains("" + status)
                    .doesNotContain("tea");
        });
        assertThat(model.bodies).hasSize(1);
    }

    static List<Arguments> wrongAnswers() {
        return List.of(
                Arguments.of("HTML", FakeModel.status(200, "<html>busy</html>")),
                Arguments.of("nothing", FakeModel.status(200, "")),
                Arguments.of("no choice", FakeModel.status(200, "{\"choices\": []}")),
                Arguments.of("no text", FakeModel.status(200, "{\"choices\": [{\"message\": {\"content\": null}}]}")),
                Arguments.of("a list", FakeModel.status(200, "{\"choices\": [{\"message\": {\"content\": [1]}}]}")),
                Arguments.of("white space", FakeModel.saying(" \n")),
                Arguments.of("too much", FakeModel.saying("x".repeat(ChatAnswer.LARGEST))),
                Arguments.of("too deep", FakeModel.status(200, "[".repeat(100_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongAnswers")
    void whatIsNoAnswerIsInvalid(String name, FakeModel.Behaviour behaviour) throws Exception {
        model.from(behaviour);

        assertThat(failed(client.ask(REQUEST)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void anAnswerThatIsCutIsNone() throws Exception {
        model.from(FakeModel::cut);

        assertThat(failed(client.ask(REQUEST)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void nobodyWaitsLongerThanTheBudget() throws Exception {
        model.from(model::hang);

        assertThat(failed(client.ask(REQUEST, Duration.ofMillis(30))).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failed(client.ask(REQUEST, Duration.ZERO)).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aBudgetIsNoLongerThanTheTimeout() throws Exception {
        model.from(model::hang);
        try (ChatCompletions hasty = ChatCompletions.open(model.settings(Duration.ofMillis(30), 4))) {
            assertThat(failed(hasty.ask(REQUEST, PATIENT)).kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void oneMoreThanMayBeUnderWayIsRefusedAtOnce() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        model.from((exchange, body) -> {
            await(free);
            FakeModel.send(exchange, 200, FakeModel.completion("Yes.").toString());
        });
        List<CompletableFuture<ChatOutcome>> underWay = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            underWay.add(client.ask(REQUEST));
        }

        CompletableFuture<ChatOutcome> oneMore = client.ask(REQUEST);

        assertThat(oneMore).isDone();
        assertThat(failed(oneMore).kind()).isEqualTo(Kind.BUSY);
        free.countDown();
        for (CompletableFuture<ChatOutcome> call : underWay) {
            assertThat(call.get(30, TimeUnit.SECONDS)).isInstanceOf(Answered.class);
        }
        assertThat(ask()).isInstanceOf(Answered.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aServerThatKeepsFailingIsLeftAloneAndTriedAgainLater() throws Exception {
        model.from(FakeModel.status(500, ""));
        for (int i = 0; i < 5; i++) {
            ask();
        }

        CompletableFuture<ChatOutcome> next = client.ask(REQUEST);

        assertThat(next).isDone();
        assertThat(failed(next).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(model.bodies).hasSize(5);
        model.from(FakeModel.saying("Yes."));
        clock.nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(ask()).isInstanceOf(Answered.class);
        assertThat(ask()).isInstanceOf(Answered.class);
    }

    @Test
    void refusalsCloseNothing() throws Exception {
        model.from(FakeModel.status(400, ""));
        for (int i = 0; i < 30; i++) {
            ask();
        }

        assertThat(model.bodies).hasSize(30);
    }

    @Test
    void aClosedClientEndsWhatIsUnderWayAndAsksNoMore() throws Exception {
        model.from(model::hang);
        CompletableFuture<ChatOutcome> underWay = client.ask(REQUEST);

        client.close();

        assertThat(failed(underWay).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failed(client.ask(REQUEST)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private ChatOutcome ask() throws Exception {
        return client.ask(REQUEST).get(30, TimeUnit.SECONDS);
    }

    private static Failed failed(CompletableFuture<ChatOutcome> outcome) throws Exception {
        return (Failed) outcome.get(30, TimeUnit.SECONDS);
    }
}
