package dev.freshet.core.govern;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit per minute, refilled evenly. What was taken may make it a debt, which is paid before anything else is taken: a request whose
 * size is known only afterwards, or that is larger than what gathers, keeps the limit all the same. In any minute no more is taken than
 * the limit, a hundredth of it, and one request. Not safe for concurrent use.
 */
final class RateLimit {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** As much gathers while nothing is sent: enough for a short stop, too little to pass the limit by 2 %. */
    private static final long PART_THAT_GATHERS = 100;

    private final long perMinute;
    private final @Nullable Bucket bucket;

    /** @param perMinute 0 for no limit */
    RateLimit(long perMinute, Timer timer) {
        this.perMinute = perMinute;
        this.bucket = perMinute == 0
                ? null
                : Bucket.builder()
                        .addLimit(bandwidth(perMinute))
                        .withCustomTimePrecision(new TimeMeter() {
                            @Override
                            public long currentTimeNanos() {
                                return timer.nanos();
                            }

                            @Override
                            public boolean isWallClockBased() {
                                return false;
                            }
                        })
                        .build();
    }

    private static Bandwidth bandwidth(long perMinute) {
        return Bandwidth.builder()
                .capacity(Math.max(1, perMinute / PART_THAT_GATHERS))
                .refillGreedy(perMinute, MINUTE)
                .initialTokens(1)
                .build();
    }

    /** Takes a part of the limit only: {@code parts / all}, at least 1 per minute. */
    void share(int parts, int all) {
        if (bucket != null && parts > 0) {
            long share = Math.max(1, perMinute * parts / all);
            bucket.replaceConfiguration(
                    BucketConfiguration.builder().addLimit(bandwidth(share)).build(), TokensInheritanceStrategy.AS_IS);
        }
    }

    /** How long until something may be taken; zero if now. */
    Duration untilFree() {
        return bucket == null
                ? Duration.ZERO
                : Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** Takes this much, whatever is there. */
    void take(long amount) {
        if (bucket != null && amount > 0) {
            bucket.consumeIgnoringRateLimits(amount);
        }
    }

    /** Puts back what was taken and not used. */
    void giveBack(long amount) {
        if (bucket != null && amount > 0) {
            bucket.addTokens(amount);
        }
    }
}
