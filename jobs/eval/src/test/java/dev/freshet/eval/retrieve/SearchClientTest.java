package dev.freshet.eval.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.evaluation.ScoredDocument;
import dev.freshet.eval.retrieve.FakeQueryApi.Answer;
import dev.freshet.eval.retrieve.FakeQueryApi.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SearchClientTest {
    @Test
    void asksForDocumentsOfTheTenant() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(asked -> Answer.found("a", "b"));
                SearchClient client = client(api, Duration.ofSeconds(10))) {
            Reply.Answered reply = (Reply.Answered) search(client);

            assertThat(reply.documents()).containsExactly(new ScoredDocument("a", 1), new ScoredDocument("b", 0.5));
            assertThat(reply.latencyMillis()).isPositive();
            Asked asked = api.asked().getFirst();
            assertThat(asked.tenant()).isEqualTo("cranfield");
            assertThat(asked.body().toString())
                    .contains(
                            "\"query\":\"what is lift\"",
                            "\"mode\":\"hybrid\"",
                            "\"k\":100",
                            "\"group_by\":\"document\"");
        }
    }

    @Test
    void saysWhenAStageWasSkipped() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(asked -> Answer.found(List.of("embedder_unavailable"), "a"));
                SearchClient client = client(api, Duration.ofSeconds(10))) {
            assertThat(search(client)).extracting("degraded").isEqualTo(true);
        }
    }

    @Test
    void asksAgainWhatMayPass() throws Exception {
        for (Answer failure : List.of(
                Answer.problem(429, "slow down"),
                Answer.problem(503, "starting"),
                Answer.problem(500, "bug"),
                new Answer(200, "<html>", ""),
                new Answer(200, "{}", ""))) {
            try (FakeQueryApi api = new FakeQueryApi(inTurn(failure, failure, Answer.found("a")));
                    SearchClient client = client(api, Duration.ofSeconds(10))) {
                assertThat(search(client)).isInstanceOf(Reply.Answered.class);
                assertThat(api.asked()).hasSize(3);
            }
        }
    }

    @Test
    void waitsAsLongAsTheApiAsks() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(inTurn(new Answer(503, "", "1"), Answer.found("a")));
                SearchClient client = client(api, Duration.ofSeconds(10))) {
            long start = System.nanoTime();

            search(client);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void aRefusalIsFinal() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(asked -> Answer.problem(400, "The query is too long."));
                SearchClient client = client(api, Duration.ofSeconds(10))) {
            assertThat(search(client)).extracting("reason").isEqualTo("HTTP 400 The query is too long.");
            assertThat(api.asked()).hasSize(1);
        }
    }

    @Test
    void givesUpAtTheDeadlineAndSaysWhy() throws Exception {
        try (FakeQueryApi api = new FakeQueryApi(asked -> Answer.problem(503, "The index is starting."));
                SearchClient client = client(api, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> search(client))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContainingAll(api.url(), "1 s", "HTTP 503 The index is starting.");
        }
    }

    @Test
    void anApiThatHangsIsGivenUpAtTheDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeQueryApi api = new FakeQueryApi(asked -> {
                    await(never);
                    return Answer.found();
                });
                SearchClient client = client(api, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> search(client)).hasCauseInstanceOf(NoAnswerException.class);
            never.countDown();
        }
    }

    @Test
    void anApiThatIsAwayIsGivenUpAtTheDeadline() throws Exception {
        FakeQueryApi api = new FakeQueryApi(asked -> Answer.found());
        api.close();
        try (SearchClient client = client(api, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> search(client)).hasCauseInstanceOf(NoAnswerException.class);
        }
    }

    @Test
    void neverAsksMoreAtATimeThanAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (FakeQueryApi api = new FakeQueryApi(asked -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    now.decrementAndGet();
                    return Answer.found("a");
                });
                SearchClient client = client(api, Duration.ofSeconds(30))) {
            List<CompletableFuture<Reply.Final>> replies = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                replies.add(client.search("hybrid", "what is lift"));
            }
            for (CompletableFuture<Reply.Final> reply : replies) {
                assertThat(reply.get(30, TimeUnit.SECONDS)).isInstanceOf(Reply.Answered.class);
            }
            assertThat(most).hasValueLessThanOrEqualTo(2);
        }
    }

    private static SearchClient client(FakeQueryApi api, Duration deadline) {
        return new SearchClient(new SearchSettings(api.url(), "cranfield", 100, 2, deadline));
    }

    private static Reply.Final search(SearchClient client) throws Exception {
        return client.search("hybrid", "what is lift").get(30, TimeUnit.SECONDS);
    }

    private static Function<Asked, Answer> inTurn(Answer... answers) {
        AtomicInteger next = new AtomicInteger();
        return asked -> answers[next.getAndIncrement()];
    }

    private static void await(CountDownLatch latch) {
        try {
            var unused = latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
