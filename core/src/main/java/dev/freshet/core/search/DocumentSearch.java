package dev.freshet.core.search;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds documents as wholes, by the mean of their chunks' vectors and by their titles. Safe for concurrent use. */
public interface DocumentSearch {
    /**
     * Runs all legs in one round trip: {@link LegQuery.Nearest} over the documents' summary vectors, {@link LegQuery.Keywords} over titles
     * and descriptions; other legs cannot be asked.
     *
     * @param query its filters are held to as far as they are about documents ({@link Filter#ofDocuments})
     * @return one outcome per leg, in their order; it never fails for a reason of the engine
     */
    CompletableFuture<List<DocumentsOutcome>> searchDocuments(ChunkQuery query);
}
