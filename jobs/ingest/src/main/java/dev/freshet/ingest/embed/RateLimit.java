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
    private final long largestSlice;
    private final ScheduledExecutorService scheduler;

    /**
     * @param requestsPerMinute 0 for no limit
     * @param tokensPerMinute 0 for no limit
     */
    RateLimit(long requestsPerMinute, long tokensPerMinute, ScheduledExecutorService scheduler) {
        this.requests = requestsPerMinute == 0 ? null : bucket(requestsPerMinute);
        this.tokens = tokensPerMinute == 0 ? null : bucket(tokensPerMinute);
        this.largestSlice = burst(tokensPerMinute);
        this.scheduler = scheduler;
    }

    /** Refilled evenly, with a burst of a tenth of a minute: limits hold over any minute within 10 %. */
    private static Bucket bucket(long perMinute) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(burst(perMinute))
                        .refillGreedy(perMinute, MINUTE)
                        .build())
                .build();
    }

    private static long burst(long perMinute) {
        return Math.max(1, perMinute / 10);
    }

    /** Completes when a request of this many tokens may leave. */
    CompletableFuture<?> acquire(long tokenCount) {
        CompletableFuture<?> request = requests == null
                ? CompletableFuture.completedFuture(null)
                : requests.asScheduler().consume(1, scheduler);
        if (tokens == null) {
            return request;
        }
        return request.thenCompose(ignored -> pay(tokens, tokenCount));
    }

    /** More than the bucket holds cannot be taken at once: it is taken in slices. */
    private CompletableFuture<?> pay(Bucket bucket, long left) {
        if (left <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        long slice = Math.min(left, largestSlice);
        return bucket.asScheduler().consume(slice, scheduler).thenCompose(ignored -> pay(bucket, left - slice));
    }
}
