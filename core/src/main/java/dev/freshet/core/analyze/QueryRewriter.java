package dev.freshet.core.analyze;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Says a query in other words, so that passages are found that say it otherwise. Safe for concurrent use. */
@FunctionalInterface
public interface QueryRewriter {
    /**
     * Other wordings of the query.
     *
     * @param most how many at most
     * @return without the query itself, none twice; empty where there is no other. It never fails for a reason of the query or of what is
     *     behind the rewriter: then it is what rules make of the query
     */
    CompletableFuture<List<String>> rewrite(String query, QueryAnalysis analysis, int most);
}
