package dev.freshet.core.search;

import java.util.Locale;

/** One way to find chunks; each has a score of its own kind. */
public enum Leg {
    /** Nearest vectors; the score is the cosine, from -1 to 1. */
    VECTOR,
    /** Words of title, headings and text, stemmed; the score is BM25, above 0. */
    KEYWORD,
    /** Words that describe the document: its metadata, id and address, and what the chunk names; the score is BM25, above 0. */
    METADATA;

    /** The name in requests and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
