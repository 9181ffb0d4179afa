package dev.freshet.core.search;

import java.util.Locale;

/** When something happened to a chunk. */
public enum TimeField {
    /** The event time of the change that wrote it last. */
    CHANGED_AT,
    /** When the index took it. */
    INDEXED_AT;

    /** As the index names it; requests put a {@code $} before. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
