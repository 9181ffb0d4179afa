package dev.freshet.core.batch;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many calls may be under way at once, found by trying: one more after each round trip in which all places were
 * taken, half as many when the other side says that it is too much (additive increase, multiplicative decrease). What was
 * under way at a decrease can cause no second one. Starts with one; safe for concurrent use.
 */
public final class ConcurrencyLimit {
    private final int highest;
    private int limit = 1;
    /** Successes since the limit changed, of calls that were under way when all places were taken. */
    private int successes;

    private int underWay;
    private long begun;
    /** The number of the first call after the last time when all places were taken. */
    private long firstAfterFull;
    /** The number of the first call after the last decrease. */
    private long firstAfterDecrease;

    public ConcurrencyLimit(int highest) {
        if (highest < 1) {
            throw new IllegalArgumentException("there must be a place for at least 1 call, not " + highest);
        }
        this.highest = highest;
    }

    /** How many calls may be under way now; from 1 to the highest. */
    public synchronized int current() {
        return limit;
    }

    /** Takes note of a call; whether there is a place for it is up to the caller. */
    public synchronized Call begin() {
        underWay++;
        Call call = new Call(begun++);
        if (underWay >= limit) {
            firstAfterFull = begun;
        }
        return call;
    }

    private synchronized void grow(long number) {
        if (number >= firstAfterDecrease && number < firstAfterFull) {
            successes++;
            if (successes >= limit && limit < highest) {
                limit++;
                successes = 0;
            }
        }
        underWay--;
    }

    private synchronized void shrink(long number) {
        if (number >= firstAfterDecrease) {
            limit = Math.max(1, limit / 2);
            successes = 0;
            firstAfterDecrease = begun;
        }
        underWay--;
    }

    private synchronized void leave() {
        underWay--;
    }

    /** A call that is under way. It ends once; whatever is said of it later does not count. */
    public final class Call {
        private final long number;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Call(long number) {
            this.number = number;
        }

        /** The other side took all of it. */
        public void succeeded() {
            if (ended.compareAndSet(false, true)) {
                grow(number);
            }
        }

        /** The other side had too much to do for it. */
        public void rejected() {
            if (ended.compareAndSet(false, true)) {
                shrink(number);
            }
        }

        /** It failed for a reason that says nothing about how many calls are too many. */
        public void failed() {
            if (ended.compareAndSet(false, true)) {
                leave();
            }
        }
    }
}
