package dev.freshet.core.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search as a caller asks for it, understood and checked.
 *
 * @param k hits at most
 * @param language of the query, as an ISO 639 code; null where the caller does not say
 * @param choices what the caller wants otherwise than the ranking profile has it
 * @param highlight whether each hit says where the query's words are in it
 * @param explain whether the answer says how it came about
 */
public record SearchRequest(
        String query,
        SearchMode mode,
        Strategy strategy,
        int k,
        List<Filter> filters,
        GroupBy groupBy,
        @Nullable String language,
        RankingChoices choices,
        boolean highlight,
        boolean explain) {
    /** The most hits that a caller may ask for. */
    public static final int MOST_HITS = 100;

    public SearchRequest {
        filters = List.copyOf(filters);
    }

    /** A hybrid search for the best chunks, as the ranking profile has it. */
    public static SearchRequest of(String query, int k) {
        return new SearchRequest(
                query,
                SearchMode.HYBRID,
                Strategy.AUTO,
                k,
                List.of(),
                GroupBy.CHUNK,
                null,
                RankingChoices.NONE,
                true,
                false);
    }
}
