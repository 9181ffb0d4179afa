package dev.freshet.query.search;

import dev.freshet.core.analyze.QueryAnalysis;
import dev.freshet.core.plan.SearchPlan;
import dev.freshet.core.rank.Cursor;
import dev.freshet.core.rank.Ranked;
import dev.freshet.core.rank.RankingSummary;
import dev.freshet.core.search.HitCount;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.query.highlight.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param profile the ranking profile, by name and version
 * @param rank of the first hit
 * @param highlights of every hit: where words of the query are in its text
 * @param total as far as it was counted; null where it was not
 * @param next the rest; null where there is none
 * @param degraded codes of the stages that were skipped
 */
record SearchAnswer(
        SearchRequest request,
        String profile,
        QueryAnalysis analysis,
        SearchPlan plan,
        RankingSummary summary,
        int rank,
        List<Ranked> hits,
        List<List<Span>> highlights,
        @Nullable HitCount total,
        @Nullable Cursor next,
        SearchTimings timings,
        List<String> degraded) {
    SearchAnswer {
        hits = List.copyOf(hits);
        highlights = List.copyOf(highlights);
        degraded = List.copyOf(degraded);
    }
}
