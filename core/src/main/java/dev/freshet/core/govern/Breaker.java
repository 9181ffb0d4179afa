package dev.freshet.core.govern;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Stops asking a provider that fails: when half of the last requests failed, nothing leaves for a while, then one request tries. The
 * while doubles with every try that fails. Safe for concurrent use.
 */
public final class Breaker {
    private static final int WINDOW = 20;
    private static final int FEWEST = 5;
    private static final float FAILED_PERCENT = 50;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** The timer as a clock: one that is set forward or back must not keep anything shut, nor open it. */
    private static final class Ticks extends Clock {
        private final LongSupplier nanos;

        Ticks(LongSupplier nanos) {
            this.nanos = nanos;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanos.getAsLong());
        }
    }

    private final CircuitBreaker breaker;
    private final LongSupplier nanos;
    private volatile long opensAgainNanos;

    /** @param nanos the time, of which only differences have a meaning */
    public Breaker(LongSupplier nanos) {
        this.nanos = nanos;
        this.breaker = CircuitBreaker.of(
                "provider",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(FEWEST)
                        .failureRateThreshold(FAILED_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(this::pause)
                        .clock(new Ticks(nanos))
                        .build());
    }

    /** With jitter, so that the processes of a job do not come back at the same moment. */
    private long pause(int attempts) {
        long doubled = FIRST.toMillis() << Math.clamp(attempts - 1L, 0, 10);
        long millis = ThreadLocalRandom.current().nextLong(doubled / 2, doubled + 1);
        Duration pause = Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
        // It lets the try through only behind that moment.
        opensAgainNanos = nanos.getAsLong() + pause.plusMillis(1).toNanos();
        return pause.toMillis();
    }

    /** Whether a request may leave; each yes must end in {@link #succeeded}, {@link #failed} or {@link #toldNothing}. */
    public boolean allows() {
        return breaker.tryAcquirePermission();
    }

    /** How long nothing leaves; zero where it is not time that is waited for. */
    public Duration closedFor() {
        return breaker.getState() == CircuitBreaker.State.OPEN
                ? Duration.ofNanos(Math.max(0, opensAgainNanos - nanos.getAsLong()))
                : Duration.ZERO;
    }

    /** Whether requests leave as they come. */
    public boolean isClosed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** The provider answered. */
    public void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** There was no answer, or one that says that the provider is away. */
    public void failed() {
        breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("no answer"));
    }

    /** The answer says neither that the provider is there nor that it is away. */
    public void toldNothing() {
        breaker.releasePermission();
    }
}
