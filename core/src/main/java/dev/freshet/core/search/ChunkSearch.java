package dev.freshet.core.search;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds chunks in the search index. Safe for concurrent use. */
public interface ChunkSearch {
    /**
     * Runs all legs in one round trip.
     *
     * @return one outcome per leg, in their order. It never fails for a reason of the engine: when the whole request
     *     fails, every leg has failed.
     */
    CompletableFuture<List<LegOutcome>> search(ChunkQuery query);
}
