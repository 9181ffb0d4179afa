package dev.freshet.core.analyze;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Finds out what a query asks for. Safe for concurrent use. */
@FunctionalInterface
public interface QueryAnalyzer {
    /**
     * Analyses a query.
     *
     * @param domains the terms of every domain, by its name
     * @return never fails for a reason of the query or of what is behind the analyzer: then it is what rules make of the query
     */
    CompletableFuture<QueryAnalysis> analyze(String query, Map<String, List<String>> domains);
}
