package dev.freshet.core.document;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Versions for changes without one: microseconds since 1970, each higher than all before, even if the clock steps back. Safe for
 * concurrent use.
 */
public final class VersionClock {
    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    public VersionClock(InstantSource clock) {
        this.clock = clock;
    }

    /** The next version. */
    public long next() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return last.updateAndGet(previous -> Math.max(previous + 1, now));
    }
}
