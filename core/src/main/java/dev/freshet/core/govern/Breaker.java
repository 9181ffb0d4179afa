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

/**
 * Stops asking a provider that fails: when half of the last requests failed, nothing leaves for a while, then one request tries. The
 * while doubles with every try that fails. Not safe for concurrent use.
 */
public final class Breaker {
    private static final int WINDOW = 20;
    private static final int FEWEST = 5;
    private static final float FAILED_PERCENT = 50;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** The timer as a clock: one that is set forward or back must not keep anything shut, nor open it. */
    private static final class Ticks extends Clock {
        private final Timer timer;

        Ticks(Timer timer) {
            this.timer = timer;
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
            return Instant.EPOCH.plusNanos(timer.nanos());
        }
    }

    private final CircuitBreaker breaker;
    private final Timer timer;
    private long opensAgainNanos;

    /** @param timer whose time it goes by; it stays open when the breaker is no longer used */
    public Breaker(Timer timer) {
        this.timer = timer;
        this.breaker = CircuitBreaker.of(
                "provider",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(FEWEST)
                        .failureRateThreshold(FAILED_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(this::pause)
                        .clock(new Ticks(timer))
                        .build());
    }

    /** With jitter, so that the processes of a job do not come back at the same moment. */
    private long pause(int attempts) {
        long doubled = FIRST.toMillis() << Math.clamp(attempts - 1L, 0, 10);
        long millis = ThreadLocalRandom.current().nextLong(doubled / 2, doubled + 1);
        Duration pause = Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
        // It lets the try through only behind that moment.
        opensAgainNanos = timer.nanos() + pause.plusMillis(1).toNanos();
        return pause.toMillis();
    }

    /** Whether a request may leave; each yes must end in {@link #succeeded}, {@link #failed} or {@link #toldNothing}. */
    public boolean allows() {
        return breaker.tryAcquirePermission();
    }

    /** How long nothing leaves; zero where it is not time that is waited for. */
    public Duration closedFor() {
        return breaker.getState() == CircuitBreaker.State.OPEN
                ? Duration.ofNanos(Math.max(0, opensAgainNanos - timer.nanos()))
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

    /** The provider gave no answer that is one. */
    public void failed() {
        breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("no answer"));
    }

    /** The answer says neither that the provider is there nor that it is away. */
    public void toldNothing() {
        breaker.releasePermission();
    }
}
