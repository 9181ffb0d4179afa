package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.BatchRefusedException;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.VectorMemo;
import dev.freshet.core.govern.Governor;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.core.govern.VirtualTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class EmbedCallsTest {
    private static final List<Passage> BATCH = List.of(new Passage("tea", 1, true));

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private boolean throwsAtOnce;
    private final VirtualTimer timer = new VirtualTimer();
    private final Governor governor = new Governor(GovernorLimits.NONE, timer);
    private final EmbedCalls calls = new EmbedCalls(
            new FailingEmbedder(), governor, new EmbedMetrics(new UnregisteredMetricsGroup(), new VectorMemo(0)));

    @Test
    void aProviderIsNotAskedEarlierThanItWants() throws Exception {
        failures.add(new EmbedderUnavailableException("busy", Duration.ofMinutes(2), true, new IOException("429")));
        failures.add(new EmbedderUnavailableException("away", new IOException("reset")));

        CompletableFuture<List<EmbedOutcome>> answer = calls.send(BATCH);

        timer.pass(Duration.ofSeconds(119));
        assertThat(failures).hasSize(1);
        // What was asked for with its jitter, and the pauses of both attempts.
        timer.pass(Duration.ofSeconds(15));
        assertThat(answer).isCompletedWithValueMatching(outcomes -> outcomes.size() == 1);
        assertThat(governor.status().throttled()).isEqualTo(1);
        assertThat(governor.status().failed()).isEqualTo(1);
        assertThat(governor.status().repeated()).isEqualTo(2);
    }

    @Test
    void anEmbedderThatThrowsGivesItsPlaceBack() {
        failures.add(new EmbedderUnavailableException("thrown", new IOException("thrown")));
        throwsAtOnce = true;

        CompletableFuture<List<EmbedOutcome>> answer = calls.send(BATCH);
        timer.pass(Duration.ofSeconds(1));

        assertThat(answer).isCompleted();
        assertThat(governor.status().underWay()).isZero();
    }

    @Test
    void whatSomebodyMustDoIsNotTriedAgain() {
        failures.add(new EmbedderMisconfiguredException("put a key into the file"));

        assertThat(calls.send(BATCH))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EmbedderMisconfiguredException.class)
                .withMessageContaining("put a key into the file");
        assertThat(governor.status().repeated()).isZero();
        assertThat(governor.status().underWay()).isZero();
    }

    @Test
    void whoRefusesAHarmlessWordIsSetUpInTheWrongWay() {
        failures.add(new BatchRefusedException("refused_by_provider", "said no", true));
        failures.add(new BatchRefusedException("refused_by_provider", "said no", true));

        assertThat(calls.send(BATCH))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EmbedderMisconfiguredException.class)
                .withMessageContaining("--embedder-model");
    }

    @Test
    void whoMakesNoVectorOfAHarmlessWordIsWaitedFor() {
        failures.add(new BatchRefusedException("no_direction", "no vector", false));
        failures.add(new BatchRefusedException("no_direction", "no vector", false));

        CompletableFuture<List<EmbedOutcome>> answer = calls.send(BATCH);
        assertThat(answer).isNotDone();
        timer.pass(Duration.ofSeconds(1));

        assertThat(answer).isCompletedWithValueMatching(outcomes -> outcomes.getFirst() instanceof Embedded);
        assertThat(governor.status().repeated()).isEqualTo(1);
    }

    private final class FailingEmbedder implements Embedder {
        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("failing", "", "none", "", "", 1, 512);
        }

        @Override
        public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
            RuntimeException failure = failures.poll();
            if (throwsAtOnce && failure != null) {
                throw failure;
            }
            return failure == null
                    ? CompletableFuture.completedFuture(passages.stream()
                            .<EmbedOutcome>map(passage -> new Embedded(new float[] {1}, 1))
                            .toList())
                    : CompletableFuture.failedFuture(failure);
        }

        @Override
        public CompletableFuture<float[]> embedQuery(String query) {
            return CompletableFuture.completedFuture(new float[] {1});
        }

        @Override
        public void close() {}
    }
}
