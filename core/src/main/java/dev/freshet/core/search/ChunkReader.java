package dev.freshet.core.search;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads chunks by their ids. Safe for concurrent use. */
public interface ChunkReader {
    /**
     * Reads chunks as searches find them.
     *
     * @return by id, those that are there and that the caller may see; fails with {@link IndexUnavailableException} when the index does not
     *     answer
     */
    CompletableFuture<Map<String, FoundChunk>> chunks(Visibility visibility, List<String> chunkIds);

    /**
     * Reads the vectors of chunks.
     *
     * @param tokens whether the vectors of the tokens are wanted
     * @param pooled whether the vectors of the chunks are wanted
     * @return by id, of those that are there and that the caller may see; fails with {@link IndexUnavailableException} when the index does not
     *     answer, or has none of what is wanted
     */
    CompletableFuture<Map<String, ChunkVectors>> vectors(
            Visibility visibility, List<String> chunkIds, boolean tokens, boolean pooled);
}
