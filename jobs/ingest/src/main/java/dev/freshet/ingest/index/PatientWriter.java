package dev.freshet.ingest.index;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.retry.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
        return attempt(write, 1);
    }

    private CompletableFuture<WriteOutcome> attempt(IndexWrite write, int attempts) {
        return batcher.submit(write).thenCompose(outcome -> {
            if (!(outcome instanceof Retryable(String reason))) {
                return CompletableFuture.completedFuture(outcome);
            }
            metrics.retried();
            LOG.debug("A write was put off: attempt={} reason={}", attempts, reason);
            return BACKOFF.pause(attempts, scheduler).thenCompose(waited -> attempt(write, attempts + 1));
        });
    }
}
