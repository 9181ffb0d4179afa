package dev.freshet.ingest.embed;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.retry.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches to the embedder, no faster than the rate limit, and again for as long as the embedder is
 * unavailable, and no earlier than it says: an outage pauses the stream, it does not lose a document.
 */
final class EmbedCalls {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedCalls.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

    private final Embedder embedder;
    private final RateLimit rateLimit;
    private final ScheduledExecutorService scheduler;
    private final EmbedMetrics metrics;

    EmbedCalls(Embedder embedder, RateLimit rateLimit, ScheduledExecutorService scheduler, EmbedMetrics metrics) {
        this.embedder = embedder;
        this.rateLimit = rateLimit;
        this.scheduler = scheduler;
        this.metrics = metrics;
    }

    CompletableFuture<List<EmbedOutcome>> send(List<Passage> batch) {
        List<String> texts = batch.stream().map(Passage::text).toList();
        long tokens = batch.stream().mapToLong(Passage::tokens).sum();
        return attempt(texts, tokens, 1);
    }

    private CompletableFuture<List<EmbedOutcome>> attempt(List<String> texts, long tokens, int attempts) {
        return rateLimit
                .acquire(tokens)
                .thenCompose(ignored -> embedder.embedPassages(texts))
                .exceptionallyCompose(failure -> {
                    Throwable cause = AsyncFailure.cause(failure);
                    return cause instanceof EmbedderUnavailableException unavailable
                            ? later(texts, tokens, attempts, unavailable)
                            : CompletableFuture.failedFuture(cause);
                });
    }

    private CompletableFuture<List<EmbedOutcome>> later(
            List<String> texts, long tokens, int attempts, EmbedderUnavailableException cause) {
        metrics.retried();
        LOG.warn("Embedding was put off: attempt={} texts={} reason={}", attempts, texts.size(), cause.getMessage());
        return BACKOFF.pause(attempts, cause.retryAfter(), scheduler)
                .thenCompose(waited -> attempt(texts, tokens, attempts + 1));
    }
}
