package dev.freshet.core.search;

import java.util.List;

/**
 * A search as a caller asks for it, understood and checked.
 *
 * @param k hits at most
 * @param explain whether each hit says how its score came about
 */
public record SearchRequest(
        String query, SearchMode mode, int k, List<Filter> filters, GroupBy groupBy, boolean explain) {
    /** The most hits that a caller may ask for. */
    public static final int MOST_HITS = 100;

    private static final int DEPTH = 100;
    private static final int CHUNKS_PER_DOCUMENT = 3;

    public SearchRequest {
        filters = List.copyOf(filters);
    }

    /** How many chunks each leg must return: enough for {@code k} hits, and for min-max scores to mean something. */
    public int depth() {
        return switch (groupBy) {
            case CHUNK -> Math.max(DEPTH, k);
            case DOCUMENT -> Math.max(DEPTH, CHUNKS_PER_DOCUMENT * k);
        };
    }
}
