package dev.freshet.core.govern;

import java.time.Duration;

/**
 * How many requests may be sent again: a part of those that were answered, and a few per minute when nothing is answered at all. A
 * provider that answers badly is then paid for little more than one that answers well. Not safe for concurrent use.
 */
final class RetryBudget {
    private static final double NANOS = 1e9;

    private final double ofAnswers;
    private final double perSecond;
    private final double most;
    private final Timer timer;
    private double left;
    private long reckonedNanos;

    /**
     * @param ofAnswers repetitions for each answer
     * @param perMinute repetitions that are allowed in any case
     * @param most repetitions that may gather; there from the beginning
     */
    RetryBudget(double ofAnswers, int perMinute, int most, Timer timer) {
        this.ofAnswers = ofAnswers;
        this.perSecond = perMinute / 60.0;
        this.most = most;
        this.timer = timer;
        this.left = most;
        this.reckonedNanos = timer.nanos();
    }

    void answered() {
        reckon(ofAnswers);
    }

    /** How long until a request may be sent again, if nothing is answered meanwhile; zero if now. */
    Duration untilFree() {
        reckon(0);
        return left >= 1 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - left) / perSecond * NANOS));
    }

    void take() {
        reckon(-1);
    }

    private void reckon(double change) {
        long now = timer.nanos();
        left = Math.min(most, left + (now - reckonedNanos) / NANOS * perSecond + change);
        reckonedNanos = now;
    }
}
