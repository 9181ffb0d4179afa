package dev.freshet.core.search;

import java.util.Locale;

/** What one hit of a search stands for. */
public enum GroupBy {
    CHUNK,
    /** Only the best chunk of each document is a hit. */
    DOCUMENT;

    /** The name in requests and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
