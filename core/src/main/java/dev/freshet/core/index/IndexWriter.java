package dev.freshet.core.index;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes to the search index in bulk. Safe for concurrent use. */
public interface IndexWriter extends AutoCloseable {
    /**
     * Sends the writes in one request.
     *
     * @return one outcome per write, in their order. It never fails for a reason of the engine: when the
     *     whole request fails, every write has that outcome.
     */
    CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes);

    @Override
    void close();
}
