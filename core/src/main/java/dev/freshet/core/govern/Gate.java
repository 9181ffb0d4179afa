package dev.freshet.core.govern;

import dev.freshet.core.batch.ConcurrencyLimit;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a {@link Governor} knows of its provider: whether a request may leave now, and what its answer says about the next. Not safe for
 * concurrent use.
 */
final class Gate {
    private static final int MOST_AT_ONCE = 512;
    /** A fifth of what was answered, and 30 per minute when nothing is. */
    private static final double AGAIN_OF_ANSWERS = 0.2;

    private static final int AGAIN_PER_MINUTE = 30;
    private static final int AGAIN_AT_FIRST = 20;
    private static final Duration LONG = Duration.ofSeconds(1);

    /**
     * A request that has left.
     *
     * @param estimate of its tokens
     * @param charged tokens that it was taken to have
     */
    record Sent(long estimate, long charged, long sinceNanos, ConcurrencyLimit.Call call) {}

    private final boolean adaptive;
    private final Timer timer;
    private final RateLimit requests;
    private final RateLimit tokens;
    private final ConcurrencyLimit concurrency = new ConcurrencyLimit(MOST_AT_ONCE);
    private final LatencyTrend latency = new LatencyTrend();
    private final Breaker breaker;
    private final RetryBudget budget;
    private final TokenRatio ratio = new TokenRatio();
    private int underWay;
    private long throttled;
    private long failed;
    private long repeated;
    private long notBeforeNanos;

    Gate(GovernorLimits limits, Timer timer) {
        this.adaptive = limits.adaptive();
        this.timer = timer;
        this.requests = new RateLimit(limits.requestsPerMinute(), timer);
        this.tokens = new RateLimit(limits.tokensPerMinute(), timer);
        this.breaker = new Breaker(timer::nanos);
        this.budget = new RetryBudget(AGAIN_OF_ANSWERS, AGAIN_PER_MINUTE, AGAIN_AT_FIRST, timer);
        this.notBeforeNanos = timer.nanos();
    }

    /** Lets through a part of the limits only: {@code parts / all}. */
    void share(int parts, int all) {
        requests.share(parts, all);
        tokens.share(parts, all);
    }

    /** Whether one more may be under way; otherwise the end of another has to be waited for. */
    boolean hasPlace() {
        // Whether the provider is back, one request tells that leaves after all others have ended.
        return underWay < places() && (breaker.isClosed() || underWay == 0);
    }

    private int places() {
        return adaptive ? concurrency.current() : Integer.MAX_VALUE;
    }

    /** How long until a request may leave; zero if now. */
    Duration untilFree() {
        return longest(
                requests.untilFree(),
                tokens.untilFree(),
                breaker.closedFor(),
                Duration.ofNanos(Math.max(0, notBeforeNanos - timer.nanos())));
    }

    /** How long until a request may leave again, as far as it is only for that; zero if now. */
    Duration untilAgain() {
        return budget.untilFree();
    }

    private static Duration longest(Duration... all) {
        Duration longest = Duration.ZERO;
        for (Duration one : all) {
            longest = one.compareTo(longest) > 0 ? one : longest;
        }
        return longest;
    }

    /** Whether the breaker lets a request pass, which must leave then. */
    boolean opens() {
        return breaker.allows();
    }

    /** A request leaves; it must end in one of the ways below. */
    Sent leave(long estimate, boolean again) {
        if (again) {
            budget.take();
            repeated++;
        }
        underWay++;
        long charged = ratio.charge(estimate);
        requests.take(1);
        tokens.take(charged);
        return new Sent(estimate, charged, timer.nanos(), concurrency.begin());
    }

    /** @param used tokens that the provider counted; 0 when it did not say */
    void answered(Sent sent, long used) {
        underWay--;
        breaker.succeeded();
        budget.answered();
        if (used > 0) {
            ratio.learn(sent.estimate(), used);
            tokens.take(used - sent.charged());
            tokens.giveBack(sent.charged() - used);
        }
        switch (latency.add(timer.nanos() - sent.sinceNanos())) {
            case USUAL -> sent.call().succeeded();
            case STRAINED -> sent.call().failed();
            case OVERLOADED -> sent.call().rejected();
        }
    }

    void refused(Sent sent) {
        underWay--;
        breaker.succeeded();
        budget.answered();
        sent.call().failed();
    }

    void throttled(Sent sent, Duration retryAfter) {
        underWay--;
        throttled++;
        breaker.toldNothing();
        sent.call().rejected();
        notBefore(retryAfter);
    }

    void failed(Sent sent, Duration retryAfter) {
        underWay--;
        failed++;
        breaker.failed();
        sent.call().rejected();
        notBefore(retryAfter);
    }

    private void notBefore(Duration retryAfter) {
        if (retryAfter.isPositive()) {
            // All senders of the account are told the same moment: they must not come at the same.
            long jitter = ThreadLocalRandom.current().nextLong(1 + retryAfter.toNanos() / 10);
            long moment = timer.nanos() + retryAfter.toNanos() + jitter;
            notBeforeNanos = moment - notBeforeNanos > 0 ? moment : notBeforeNanos;
        }
    }

    /** Whether nothing leaves for a while: the provider is away, or wants to be left alone. */
    boolean isShut() {
        return !breaker.isClosed() || notBeforeNanos - timer.nanos() > LONG.toNanos();
    }

    /** @param waiting requests that may not leave yet */
    GovernorStatus status(int waiting) {
        return new GovernorStatus(
                waiting,
                underWay,
                adaptive ? concurrency.current() : MOST_AT_ONCE,
                !breaker.isClosed(),
                throttled,
                failed,
                repeated,
                ratio.value());
    }
}
