package dev.freshet.ingest.guard;

import java.io.Serializable;
import java.time.Duration;

/**
 * When deletes of a tenant are held back: when it would have lost more than so many documents and more than so many percent of the most
 * that it had inside the window.
 *
 * @param documents 0 to hold nothing back
 * @param percent from 0 to 100
 */
public record GuardLimits(long documents, int percent, Duration window) implements Serializable {
    private static final int ALL = 100;

    /** Whether a tenant that had {@code most} documents has lost too many when {@code left} are left. */
    boolean exceededBy(long most, long left) {
        long lost = most - left;
        return documents > 0 && lost > documents && lost * ALL > most * percent;
    }

    /** The part of a window that a time in milliseconds falls into. */
    long part(long time) {
        return time / Math.max(1, window.toMillis() / LiveDocuments.PARTS);
    }
}
