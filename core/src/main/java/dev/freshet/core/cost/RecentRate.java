package dev.freshet.core.cost;

import java.time.InstantSource;
import java.util.Arrays;

/** Which share of what happened in the last minutes was a hit. Safe for concurrent use. */
public final class RecentRate {
    private static final int MINUTES = 5;
    private static final long MINUTE_MILLIS = 60_000;

    private final InstantSource clock;
    private final long[] minutes = new long[MINUTES];
    private final long[] hits = new long[MINUTES];
    private final long[] all = new long[MINUTES];

    public RecentRate(InstantSource clock) {
        this.clock = clock;
        Arrays.fill(minutes, Long.MIN_VALUE);
    }

    public synchronized void add(boolean hit) {
        long minute = minute();
        int slot = (int) Math.floorMod(minute, (long) MINUTES);
        if (minutes[slot] != minute) {
            minutes[slot] = minute;
            hits[slot] = 0;
            all[slot] = 0;
        }
        all[slot]++;
        if (hit) {
            hits[slot]++;
        }
    }

    /** From 0 to 1, over this minute and the four before; 0 where nothing happened. */
    public synchronized double value() {
        long now = minute();
        long hit = 0;
        long total = 0;
        for (int slot = 0; slot < MINUTES; slot++) {
            if (minutes[slot] > now - MINUTES && minutes[slot] <= now) {
                hit += hits[slot];
                total += all[slot];
            }
        }
        return total == 0 ? 0 : (double) hit / total;
    }

    private long minute() {
        return Math.floorDiv(clock.millis(), MINUTE_MILLIS);
    }
}
