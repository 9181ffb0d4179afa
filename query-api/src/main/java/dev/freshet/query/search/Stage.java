package dev.freshet.query.search;

import java.util.Locale;

/** What a search does, one after the other. */
enum Stage {
    ANALYZE,
    EMBED,
    RETRIEVE,
    FUSE,
    RERANK,
    DIVERSIFY,
    HIGHLIGHT;

    /** The name in responses and metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
