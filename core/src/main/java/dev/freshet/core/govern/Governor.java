package dev.freshet.core.govern;

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
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** Until the breaker is asked again, where nothing else will have it asked. */
    private static final Duration SOON = Duration.ofMillis(100);

    /** Equal to itself alone. */
    private static final class Waiting {
        final long tokens;
        final CompletableFuture<Permit> permit = new CompletableFuture<>();

        Waiting(long tokens) {
            this.tokens = tokens;
        }
    }

    private record Leaving(Waiting who, Permit permit) {
        void go() {
            who.permit.complete(permit);
        }
    }

    private final Timer timer;
    private final Gate gate;
    private final Deque<Waiting> first = new ArrayDeque<>();
    private final Deque<Waiting> again = new ArrayDeque<>();
    /** What failed and is not tried again yet. */
    private final Set<Waiting> pausing = new HashSet<>();

    private int parts;
    private long wakesNanos;
    private boolean wakes;
    private boolean closed;

    /** @param timer is closed with the governor */
    public Governor(GovernorLimits limits, Timer timer) {
        this.timer = timer;
        this.gate = new Gate(limits, timer);
    }

    /**
     * Takes a sender in, one of several that share the limits, wherever they run: this governor lets through the part of those that are
     * here. Until somebody joins it lets everything through that the limits allow.
     *
     * @param all senders, here and elsewhere
     */
    public synchronized void join(int all) {
        parts++;
        gate.share(parts, all);
    }

    /** A sender that {@link #join joined} sends no more. */
    public synchronized void leave(int all) {
        parts--;
        gate.share(parts, all);
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
        if (closed || (first.isEmpty() && again.isEmpty()) || !gate.hasPlace()) {
            return null;
        }
        boolean repeats = !again.isEmpty() && gate.untilAgain().isZero();
        Duration wait = gate.untilFree();
        if (!repeats && first.isEmpty() && gate.untilAgain().compareTo(wait) > 0) {
            wait = gate.untilAgain();
        }
        if (!wait.isZero()) {
            wakeAfter(wait);
            return null;
        }
        if (!gate.opens()) {
            wakeAfter(SOON);
            return null;
        }
        Waiting who = repeats ? again.removeFirst() : first.removeFirst();
        return new Leaving(who, new Permit(gate.leave(who.tokens, repeats)));
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

    /** Whether nothing leaves for a while: the provider is away, or wants to be left alone. */
    public synchronized boolean isStanding() {
        return gate.isShut();
    }

    /** How it stands now. */
    public synchronized GovernorStatus status() {
        return gate.status(first.size() + again.size() + pausing.size());
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
        private final Gate.Sent sent;
        private boolean ended;

        private Permit(Gate.Sent sent) {
            this.sent = sent;
        }

        /**
         * It was answered.
         *
         * @param used tokens that the provider counted; 0 when it did not say
         */
        public void answered(long used) {
            end(() -> gate.answered(sent, used));
        }

        /** It was answered that the request itself is no good, which says nothing about the next. */
        public void refused() {
            end(() -> gate.refused(sent));
        }

        /** There were too many requests. */
        public void throttled(Duration retryAfter) {
            end(() -> gate.throttled(sent, retryAfter));
        }

        /** There was no answer, or none that can be used. */
        public void failed(Duration retryAfter) {
            end(() -> gate.failed(sent, retryAfter));
        }

        private void end(Runnable how) {
            synchronized (Governor.this) {
                if (ended) {
                    return;
                }
                ended = true;
                how.run();
            }
            drain();
        }
    }
}
