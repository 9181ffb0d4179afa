package dev.freshet.core.govern;

import dev.freshet.core.batch.ConcurrencyLimit;
import dev.freshet.core.retry.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests to a provider leave: within its limits per minute, no more at once than it bears, not before it wants to be asked again,
 * none while it is away, and again only within a budget. Whoever waits, waits in the order of asking; what is sent again goes first.
 * Safe for concurrent use; never blocks.
 */
public final class Governor implements AutoCloseable {
    private static final int MOST_AT_ONCE = 512;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** A fifth of what was answered, and 30 per minute when nothing is. */
    private static final double AGAIN_OF_ANSWERS = 0.2;

    private static final long LONG_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int AGAIN_PER_MINUTE = 30;
    private static final int AGAIN_AT_FIRST = 20;

    /** Equal to itself alone. */
    private static final class Waiting {
        final long tokens;
        final CompletableFuture<Permit> permit = new CompletableFuture<>();

        Waiting(long tokens) {
            this.tokens = tokens;
        }
    }

    /** Until the breaker is asked again, where nothing else will have it asked. */
    private static final Duration SOON = Duration.ofMillis(100);

    private record Leaving(Waiting who, Permit permit) {
        void go() {
            who.permit.complete(permit);
        }
    }

    private final boolean adaptive;
    private final Timer timer;
    private final RateLimit requests;
    private final RateLimit tokens;
    private final ConcurrencyLimit concurrency = new ConcurrencyLimit(MOST_AT_ONCE);
    private final LatencyTrend latency = new LatencyTrend();
    private final Breaker breaker;
    private final RetryBudget budget;
    private final TokenRatio ratio = new TokenRatio();

    private final Deque<Waiting> first = new ArrayDeque<>();
    private final Deque<Waiting> again = new ArrayDeque<>();
    /** What failed and is not tried again yet. */
    private final Set<Waiting> pausing = new HashSet<>();

    private int underWay;
    private int parts;
    private long throttled;
    private long failed;
    private long repeated;
    private long notBeforeNanos;
    private long wakesNanos;
    private boolean wakes;
    private boolean closed;

    /** @param timer is closed with the governor */
    public Governor(GovernorLimits limits, Timer timer) {
        this.adaptive = limits.adaptive();
        this.timer = timer;
        this.requests = new RateLimit(limits.requestsPerMinute(), timer);
        this.tokens = new RateLimit(limits.tokensPerMinute(), timer);
        this.breaker = new Breaker(timer);
        this.budget = new RetryBudget(AGAIN_OF_ANSWERS, AGAIN_PER_MINUTE, AGAIN_AT_FIRST, timer);
        this.notBeforeNanos = timer.nanos();
    }

    /**
     * Takes a sender in, one of several that share the limits, wherever they run: this governor lets through the part of those that are
     * here. Until somebody joins it lets everything through that the limits allow.
     *
     * @param all senders, here and elsewhere
     */
    public synchronized void join(int all) {
        parts++;
        share(all);
    }

    /** A sender that {@link #join joined} sends no more. */
    public synchronized void leave(int all) {
        parts--;
        share(all);
    }

    private void share(int all) {
        requests.share(parts, all);
        tokens.share(parts, all);
    }

    /**
     * Asks to send a request.
     *
     * @param estimate of its tokens; how wrong estimates are is learned from the answers
     * @return a permit, which must be ended in one way or the other; fails when the governor is closed
     */
    public CompletableFuture<Permit> admit(long estimate) {
        Waiting waiting = new Waiting(estimate);
        synchronized (this) {
            if (closed) {
                return closedFailure();
            }
            first.addLast(waiting);
        }
        drain();
        return waiting.permit;
    }

    /**
     * Asks to send a request again that failed, behind a pause that grows.
     *
     * @param attempts how many have failed so far, from 1
     */
    public CompletableFuture<Permit> admitAgain(long estimate, int attempts) {
        Waiting waiting = new Waiting(estimate);
        synchronized (this) {
            if (closed) {
                return closedFailure();
            }
            pausing.add(waiting);
        }
        timer.after(BACKOFF.after(attempts, ThreadLocalRandom.current()), () -> {
            synchronized (this) {
                if (pausing.remove(waiting)) {
                    again.addLast(waiting);
                }
            }
            drain();
        });
        return waiting.permit;
    }

    /** Lets go whoever may leave. Their futures complete outside of the lock. */
    private void drain() {
        List<Leaving> leaving = new ArrayList<>();
        synchronized (this) {
            for (Leaving next = next(); next != null; next = next()) {
                leaving.add(next);
            }
        }
        leaving.forEach(Leaving::go);
    }

    private synchronized @Nullable Leaving next() {
        if (closed || (first.isEmpty() && again.isEmpty()) || underWay >= places()) {
            return null;
        }
        boolean repeats = !again.isEmpty() && budget.untilFree().isZero();
        Duration wait = longest(
                requests.untilFree(),
                tokens.untilFree(),
                breaker.closedFor(),
                Duration.ofNanos(Math.max(0, notBeforeNanos - timer.nanos())),
                repeats || !first.isEmpty() ? Duration.ZERO : budget.untilFree());
        if (!wait.isZero()) {
            wakeAfter(wait);
            return null;
        }
        // Whether the provider is back, one request tells that left after the others.
        if (!breaker.isClosed() && underWay > 0) {
            return null;
        }
        if (!breaker.allows()) {
            wakeAfter(SOON);
            return null;
        }
        Waiting who = repeats ? again.removeFirst() : first.removeFirst();
        if (repeats) {
            budget.take();
            repeated++;
        }
        underWay++;
        long charged = ratio.charge(who.tokens);
        requests.take(1);
        tokens.take(charged);
        return new Leaving(who, new Permit(who.tokens, charged));
    }

    private int places() {
        return adaptive ? concurrency.current() : Integer.MAX_VALUE;
    }

    private static Duration longest(Duration... all) {
        Duration longest = Duration.ZERO;
        for (Duration one : all) {
            longest = one.compareTo(longest) > 0 ? one : longest;
        }
        return longest;
    }

    private synchronized void wakeAfter(Duration wait) {
        long at = timer.nanos() + wait.toNanos();
        if (wakes && wakesNanos - at <= 0) {
            return;
        }
        wakes = true;
        wakesNanos = at;
        timer.after(wait, () -> {
            synchronized (this) {
                wakes = false;
            }
            drain();
        });
    }

    private synchronized void notBefore(Duration retryAfter) {
        if (retryAfter.isPositive()) {
            // All senders of the account are told the same moment: they must not come at the same.
            long jitter = ThreadLocalRandom.current().nextLong(1 + retryAfter.toNanos() / 10);
            long moment = timer.nanos() + retryAfter.toNanos() + jitter;
            notBeforeNanos = moment - notBeforeNanos > 0 ? moment : notBeforeNanos;
        }
    }

    /** Whether nothing leaves for a while: the provider is away, or wants to be left alone. */
    public synchronized boolean isStanding() {
        return !breaker.isClosed() || notBeforeNanos - timer.nanos() > LONG_NANOS;
    }

    /** How it stands now. */
    public synchronized GovernorStatus status() {
        return new GovernorStatus(
                first.size() + again.size() + pausing.size(),
                underWay,
                adaptive ? concurrency.current() : MOST_AT_ONCE,
                !breaker.isClosed(),
                throttled,
                failed,
                repeated,
                ratio.value());
    }

    /** Fails all that wait. */
    @Override
    public void close() {
        List<Waiting> left = new ArrayList<>();
        synchronized (this) {
            closed = true;
            left.addAll(first);
            left.addAll(again);
            left.addAll(pausing);
            first.clear();
            again.clear();
            pausing.clear();
        }
        timer.close();
        left.forEach(waiting -> waiting.permit.completeExceptionally(closedException()));
    }

    private static <T> CompletableFuture<T> closedFailure() {
        return CompletableFuture.failedFuture(closedException());
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the governor is closed");
    }

    /** A request that may leave now. It ends once; whatever is said of it later does not count. */
    public final class Permit {
        private final long estimate;
        private final long charged;
        private final long sinceNanos = timer.nanos();
        private final ConcurrencyLimit.Call call = concurrency.begin();
        private boolean ended;

        private Permit(long estimate, long charged) {
            this.estimate = estimate;
            this.charged = charged;
        }

        /**
         * It was answered.
         *
         * @param used tokens that the provider counted; 0 when it did not say
         */
        public void answered(long used) {
            end(() -> {
                breaker.succeeded();
                budget.answered();
                if (used > 0) {
                    ratio.learn(estimate, used);
                    tokens.take(used - charged);
                    tokens.giveBack(charged - used);
                }
                switch (latency.add(timer.nanos() - sinceNanos)) {
                    case USUAL -> call.succeeded();
                    case STRAINED -> call.failed();
                    case OVERLOADED -> call.rejected();
                }
            });
        }

        /** It was answered that the request itself is no good, which says nothing about the next. */
        public void refused() {
            end(() -> {
                breaker.succeeded();
                budget.answered();
                call.failed();
            });
        }

        /** There were too many requests. */
        public void throttled(Duration retryAfter) {
            end(() -> {
                throttled++;
                breaker.toldNothing();
                call.rejected();
                notBefore(retryAfter);
            });
        }

        /** There was no answer, or none that can be used. */
        public void failed(Duration retryAfter) {
            end(() -> {
                failed++;
                breaker.failed();
                call.rejected();
                notBefore(retryAfter);
            });
        }

        private void end(Runnable how) {
            synchronized (Governor.this) {
                if (ended) {
                    return;
                }
                ended = true;
                underWay--;
                how.run();
            }
            drain();
        }
    }
}
