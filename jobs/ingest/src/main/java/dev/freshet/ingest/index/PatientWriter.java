package dev.freshet.ingest.index;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.retry.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a write again for as long as the index is busy, blocked or away: that pauses the stream and loses
 * nothing. A write that arrives twice, or late, is harmless, because of its fence.
 */
final class PatientWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PatientWriter.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    private static final int ATTEMPTS_BETWEEN_WARNINGS = 10;

    private final Batcher<IndexWrite, WriteOutcome> batcher;
    private final ScheduledExecutorService scheduler;
    private final IndexMetrics metrics;

    PatientWriter(Batcher<IndexWrite, WriteOutcome> batcher, ScheduledExecutorService scheduler, IndexMetrics metrics) {
        this.batcher = batcher;
        this.scheduler = scheduler;
        this.metrics = metrics;
    }

    /** Completes with any outcome but {@link Retryable}. */
    CompletableFuture<WriteOutcome> write(IndexWrite write) {
        CompletableFuture<WriteOutcome> written = new CompletableFuture<>();
        attempt(write, 1, written);
        return written;
    }

    /** One future for all attempts: a chain of futures would grow for as long as the index is away. */
    private void attempt(IndexWrite write, int attempts, CompletableFuture<WriteOutcome> written) {
        var unused = batcher.submit(write).whenComplete((outcome, failure) -> {
            if (failure != null) {
                written.completeExceptionally(failure);
            } else if (outcome instanceof Retryable retryable) {
                retry(write, attempts, written, retryable.reason());
            } else {
                written.complete(outcome);
            }
        });
    }

    private void retry(IndexWrite write, int attempts, CompletableFuture<WriteOutcome> written, String reason) {
        metrics.retried();
        if (attempts % ATTEMPTS_BETWEEN_WARNINGS == 0) {
            LOG.warn("The index does not take a write: attempts={} reason={}", attempts, reason);
        }
        try {
            var unused = BACKOFF.pause(attempts, scheduler).thenRun(() -> attempt(write, attempts + 1, written));
        } catch (RejectedExecutionException e) {
            // The stage is closing; its elements are in the checkpoint.
            written.completeExceptionally(e);
        }
    }
}
