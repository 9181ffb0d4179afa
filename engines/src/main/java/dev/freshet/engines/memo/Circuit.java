package dev.freshet.engines.memo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether something that fails is asked at all: after a few failures in a row it is left alone for a while, then tried once; each trial that
 * fails doubles the while. Safe for concurrent use.
 */
final class Circuit {
    private static final int FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private int failures;
    private boolean open;
    private boolean trying;
    private Duration pause = FIRST_PAUSE;
    private Instant until = Instant.MIN;

    Circuit(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether to ask now. Who does says afterwards how it went. */
    synchronized boolean admits() {
        if (!open) {
            return true;
        }
        if (trying || clock.instant().isBefore(until)) {
            return false;
        }
        trying = true;
        return true;
    }

    /** Says that all went well; true where that ends a pause. */
    synchronized boolean succeeded() {
        boolean ended = open;
        failures = 0;
        open = false;
        trying = false;
        pause = FIRST_PAUSE;
        return ended;
    }

    /** Says that it failed; true where a pause begins. */
    synchronized boolean failed() {
        failures++;
        if (open ? !trying : failures < FAILURES) {
            // Others that were asked before the pause began change nothing.
            return false;
        }
        if (open) {
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        open = true;
        trying = false;
        until = clock.instant().plus(pause);
        return true;
    }
}
