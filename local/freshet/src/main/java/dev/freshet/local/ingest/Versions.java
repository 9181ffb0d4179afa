package dev.freshet.local.ingest;

import java.time.Instant;
import java.util.function.Supplier;

/** Versions for changes that come without: microseconds since 1970, each larger than the one before. */
final class Versions {

    private final Supplier<Instant> clock;
    private long last;

    private Versions(Supplier<Instant> clock) {
        this.clock = clock;
    }

    static Versions ofNow() {
        return new Versions(Instant::now);
    }

    /** Versions that follow another time than now, for instance that of a commit: the same history, the same versions. */
    static Versions following(Supplier<Instant> clock) {
        return new Versions(clock);
    }

    long next() {
        Instant now = clock.get();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        last = Math.max(last + 1, micros);
        return last;
    }
}
