package dev.freshet.core.retry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: before attempt n + 1, a random part of {@code first * 2^(n-1)}, at most
 * {@code longest}. The jitter keeps many callers from coming back at the same moment.
 */
public record Backoff(Duration first, Duration longest) {
    private static final int LARGEST_SHIFT = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "backoff needs 0 < first <= longest, but first is %s and longest %s".formatted(first, longest));
        }
    }

    /**
     * The time to wait after an attempt that failed.
     *
     * @param attempts how many have failed so far, from 1
     */
    public Duration after(int attempts, RandomGenerator random) {
        long doubled = first.toMillis() << Math.clamp(attempts - 1L, 0, LARGEST_SHIFT);
        long bound = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(random.nextLong(1, Math.max(2, bound + 1)));
    }

    /** Completes when the time of {@link #after} is over. */
    public CompletableFuture<Duration> pause(int attempts, ScheduledExecutorService scheduler) {
        return pause(attempts, Duration.ZERO, scheduler);
    }

    /**
     * Completes when the time of {@link #after} is over, which begins behind another: who is told when to come back comes
     * neither earlier nor at the same moment as all others.
     *
     * @param notBefore the time that was asked for
     */
    public CompletableFuture<Duration> pause(int attempts, Duration notBefore, ScheduledExecutorService scheduler) {
        Duration wait = notBefore.plus(after(attempts, ThreadLocalRandom.current()));
        CompletableFuture<Duration> paused = new CompletableFuture<>();
        var unused = scheduler.schedule(() -> paused.complete(wait), wait.toMillis(), TimeUnit.MILLISECONDS);
        return paused;
    }
}
