package dev.freshet.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.batch.ConcurrencyLimit;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.reliability.Survives;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientWriterTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final IndexWrite WRITE = new IndexWrite.DeleteChunk("a", 1);

    private final Queue<WriteOutcome> answers = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Batcher<IndexWrite, WriteOutcome> batcher = new Batcher<>(
            "test",
            new Batcher.Limits(1, 1, Duration.ZERO, 1),
            write -> 1,
            batch -> batch.stream()
                    .map(write -> answers.remove())
                    .collect(java.util.stream.Collectors.collectingAndThen(
                            java.util.stream.Collectors.toList(), CompletableFuture::completedFuture)));
    private final PatientWriter writer = new PatientWriter(
            batcher, scheduler, new IndexMetrics(new UnregisteredMetricsGroup(), new ConcurrencyLimit(1)));

    @AfterEach
    void stop() {
        batcher.close();
        scheduler.shutdownNow();
    }

    @Test
    @Survives("F13")
    void aWriteThatTimedOutAndLandedNeverthelessIsSuccess() {
        answers.addAll(List.of(new Retryable("timeout", true), new AlreadyNewer()));

        assertThat(writer.write(WRITE)).succeedsWithin(SOON).isEqualTo(new AlreadyNewer());
    }

    @Test
    @Survives("F15")
    void aBlockedIndexIsWaitedForUntilTheBlockIsLifted() {
        answers.addAll(List.of(
                new Retryable("cluster_block_exception"),
                new Retryable("cluster_block_exception"),
                new Retryable("status_403"),
                new Written()));

        assertThat(writer.write(WRITE)).succeedsWithin(SOON).isEqualTo(new Written());
        assertThat(answers).isEmpty();
    }

    @Test
    void whatWillNeverFitIsNotTriedAgain() {
        answers.addAll(List.of(new Rejected("mapper_parsing_exception", "why"), new Written()));

        assertThat(writer.write(WRITE)).succeedsWithin(SOON).isInstanceOf(Rejected.class);
        assertThat(answers).hasSize(1);
    }

    @Test
    void closingTheStageEndsTheRetries() {
        for (int i = 0; i < 1_000; i++) {
            answers.add(new Retryable("status_429", true));
        }
        CompletableFuture<WriteOutcome> written = writer.write(WRITE);

        batcher.close();
        scheduler.shutdown();

        assertThat(written).failsWithin(SOON);
    }
}
