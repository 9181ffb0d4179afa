package dev.freshet.query.search;

import dev.freshet.core.analyze.QueryAnalyzer;
import dev.freshet.core.analyze.QueryRewriter;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.search.ChunkReader;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.DocumentSearch;
import dev.freshet.core.search.IndexTraits;
import java.util.Map;

/**
 * All that a search needs from outside.
 *
 * @param rerankers by name
 */
public record Engines(
        Embedder embedder,
        ChunkSearch chunks,
        DocumentSearch documents,
        ChunkReader reader,
        IndexTraits traits,
        QueryAnalyzer analyzer,
        QueryRewriter rewriter,
        Map<String, Reranker> rerankers) {
    public Engines {
        rerankers = Map.copyOf(rerankers);
    }
}
