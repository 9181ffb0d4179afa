package dev.freshet.query.search;

import dev.freshet.core.search.FusedChunk;
import dev.freshet.core.search.SearchRequest;
import java.util.List;

/**
 * What a search found.
 *
 * @param formula how the scores came about
 * @param degraded codes of the stages that were skipped
 */
record SearchAnswer(
        SearchRequest request, List<FusedChunk> hits, String formula, SearchTimings timings, List<String> degraded) {
    SearchAnswer {
        hits = List.copyOf(hits);
        degraded = List.copyOf(degraded);
    }
}
