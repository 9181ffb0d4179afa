package dev.freshet.core.document;

import org.jspecify.annotations.Nullable;

/** How urgent a change is, where not all can go at once. */
public enum Priority {
    /** Somebody has just changed the document. */
    LIVE,
    /** One of many that are loaded at once. */
    BACKFILL;

    /** What nobody said, or was kept before there were priorities, is live. */
    public static Priority orLive(@Nullable Priority stated) {
        return stated == null ? LIVE : stated;
    }
}
