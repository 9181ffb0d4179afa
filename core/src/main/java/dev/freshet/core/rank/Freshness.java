package dev.freshet.core.rank;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How new a chunk is: 1 when it changed now, half of it after every half-life; 0 where it is not known when. */
public record Freshness(Instant now, Duration halfLife) {
    private static final double MILLIS = 1_000;

    /** From 0 to 1; what changes in the future counts as new. */
    public double of(@Nullable Instant changedAt) {
        if (changedAt == null) {
            return 0;
        }
        // Seconds: of what producers call a time, not all can be counted in milliseconds.
        double age = Math.max(0, now.getEpochSecond() - (double) changedAt.getEpochSecond());
        return Math.pow(2, -age * MILLIS / halfLife.toMillis());
    }
}
