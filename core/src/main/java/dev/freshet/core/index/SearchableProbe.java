package dev.freshet.core.index;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Tells what searches can see, which comes a moment after the index has acknowledged it. Safe for concurrent use. */
public interface SearchableProbe extends AutoCloseable {
    /**
     * The fence of a chunk as searches see it now.
     *
     * @return empty where they see no such chunk; fails with {@link
     *     dev.freshet.core.search.IndexUnavailableException} where the index does not say
     */
    CompletableFuture<OptionalLong> searchableFence(String chunkId);

    @Override
    void close();
}
