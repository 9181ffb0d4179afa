package dev.freshet.core.rank;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How new a chunk is: 1 when it changed now, half of it after every half-life; 0 where it is not known when. */
public record Freshness(Instant now, Duration halfLife) {
    /** From 0 to 1; what changes in the future counts as new. */
    public double of(@Nullable Instant changedAt) {
        if (changedAt == null) {
            return 0;
        }
        double age = Math.max(0, now.toEpochMilli() - (double) changedAt.toEpochMilli());
        return Math.pow(2, -age / halfLife.toMillis());
    }
}
