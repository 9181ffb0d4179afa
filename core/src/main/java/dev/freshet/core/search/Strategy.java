package dev.freshet.core.search;

import java.util.Locale;

/** How a search goes about it. */
public enum Strategy {
    /** As the ranking profile has it for what the query is. */
    AUTO,
    /** All legs in one round trip. */
    STANDARD,
    /** First the documents, by their summary vectors and titles; then the chunks inside them. */
    HIERARCHICAL,
    /** Several wordings of the query, each with all legs, in one round trip. */
    MULTI_QUERY;

    /** The name in requests and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
