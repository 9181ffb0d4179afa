package dev.freshet.core.search;

import java.util.Locale;

/** One way to find chunks; each has a score of its own kind. */
public enum Leg {
    /** Nearest vectors; the score is the cosine, from -1 to 1. */
    VECTOR,
    /** Words, stemmed; the score is BM25, above 0. */
    KEYWORD;

    /** The name in requests and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
