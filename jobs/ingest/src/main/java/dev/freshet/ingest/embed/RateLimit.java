package dev.freshet.ingest.embed;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Holds requests back until the provider's requests and tokens per minute allow them. */
final class RateLimit {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final @Nullable Bucket requests;
    private final @Nullable Bucket tokens;
    private final long mostTokens;
    private final ScheduledExecutorService scheduler;

    /**
     * @param requestsPerMinute 0 for no limit
     * @param tokensPerMinute 0 for no limit
     */
    RateLimit(long requestsPerMinute, long tokensPerMinute, ScheduledExecutorService scheduler) {
        this.requests = requestsPerMinute == 0 ? null : bucket(requestsPerMinute);
        this.tokens = tokensPerMinute == 0 ? null : bucket(tokensPerMinute);
        this.mostTokens = tokensPerMinute;
        this.scheduler = scheduler;
    }

    /** Refilled evenly, with a burst of a tenth of a minute: limits hold over any minute within 10 %. */
    private static Bucket bucket(long perMinute) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(Math.max(1, perMinute / 10))
                        .refillGreedy(perMinute, MINUTE)
                        .build())
                .build();
    }

    /** Completes when a request of this many tokens may leave. */
    CompletableFuture<?> acquire(long tokenCount) {
        CompletableFuture<?> request = requests == null
                ? CompletableFuture.completedFuture(null)
                : requests.asScheduler().consume(1, scheduler);
        if (tokens == null) {
            return request;
        }
        // More than the bucket holds could never be taken at once.
        long taken = Math.clamp(tokenCount, 1, Math.max(1, mostTokens / 10));
        return request.thenCompose(ignored -> tokens.asScheduler().consume(taken, scheduler));
    }
}
