package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.VectorMemo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbedCallsTest {
    private static final List<Passage> BATCH = List.of(new Passage("tea", 1));

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final HastyScheduler scheduler = new HastyScheduler();
    private final EmbedCalls calls = new EmbedCalls(
            new FailingEmbedder(),
            new RateLimit(0, 0, scheduler),
            scheduler,
            new EmbedMetrics(new UnregisteredMetricsGroup(), new VectorMemo(0)));

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void aProviderIsNotAskedEarlierThanItWants() throws Exception {
        failures.add(new EmbedderUnavailableException("busy", Duration.ofMinutes(2), new IOException("429")));
        failures.add(new EmbedderUnavailableException("away", new IOException("reset")));

        assertThat(calls.send(BATCH).get(30, TimeUnit.SECONDS)).hasSize(1);

        assertThat(scheduler.pauses).hasSize(2);
        // What was asked for, and the jitter of the first pause; then that of the second.
        assertThat(scheduler.pauses.get(0)).isBetween(Duration.ofMinutes(2), Duration.ofMillis(120_200));
        assertThat(scheduler.pauses.get(1)).isBetween(Duration.ZERO, Duration.ofMillis(400));
    }

    @Test
    void whatSomebodyMustDoIsNotTriedAgain() {
        failures.add(new EmbedderMisconfiguredException("put a key into the file"));

        assertThat(calls.send(BATCH))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EmbedderMisconfiguredException.class)
                .withMessageContaining("put a key into the file");
        assertThat(scheduler.pauses).isEmpty();
    }

    /** Notes how long it should wait, and does not. */
    private static final class HastyScheduler extends ScheduledThreadPoolExecutor {
        final List<Duration> pauses = new ArrayList<>();

        HastyScheduler() {
            super(1);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            pauses.add(Duration.of(delay, unit.toChronoUnit()));
            return super.schedule(task, 0, unit);
        }
    }

    private final class FailingEmbedder implements Embedder {
        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("failing", "", "none", "", "", 1, 512);
        }

        @Override
        public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
            RuntimeException failure = failures.poll();
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
