package dev.freshet.query.search;

import java.util.EnumMap;
import java.util.Map;

/** How long the stages of a search took. */
final class SearchTimings {
    private final long start = System.nanoTime();
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private long last = start;
    private long total;

    /** Ends a stage: all since the one before it ended was this one. A stage that comes again takes longer. */
    void end(Stage stage) {
        long now = System.nanoTime();
        nanos.merge(stage, now - last, Long::sum);
        last = now;
        total = now - start;
    }

    /** Nanoseconds; 0 of a stage that did not run. */
    long of(Stage stage) {
        return nanos.getOrDefault(stage, 0L);
    }

    /** Nanoseconds until the end of the last stage. */
    long total() {
        return total;
    }
}
