package dev.freshet.core.rerank;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Scores candidates against a query. Safe for concurrent use. */
public interface Reranker extends AutoCloseable {
    /** The name in profiles and responses, such as {@code late_interaction}. */
    String name();

    /** Whether it needs the vectors of the passages' tokens, and of the query's. */
    default boolean needsTokenVectors() {
        return false;
    }

    /**
     * Scores the passages.
     *
     * @param passages best first, by the order that they have
     * @param budget how long the caller waits: what cannot be scored within it need not be begun
     * @return never fails for a reason of the model or its input: that is a {@link RerankOutcome.Failed}
     */
    CompletableFuture<RerankOutcome> rerank(RerankQuery query, List<RerankPassage> passages, Duration budget);

    @Override
    default void close() {}
}
