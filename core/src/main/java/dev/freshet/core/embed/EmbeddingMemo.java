package dev.freshet.core.embed;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Vectors of texts that were embedded before, here or elsewhere, by {@link MemoKeys their keys}. It may forget anything at any time,
 * and is never worth waiting for: both calls complete soon, whatever happens, and never fail. Safe for concurrent use.
 */
public interface EmbeddingMemo extends AutoCloseable {
    /** Knows nothing. */
    EmbeddingMemo NONE = new EmbeddingMemo() {
        @Override
        public CompletableFuture<MemoAnswer> getAll(List<String> keys, int dimension) {
            return CompletableFuture.completedFuture(MemoAnswer.NOTHING);
        }

        @Override
        public CompletableFuture<Boolean> putAll(Map<String, Embedded> embedded) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public void close() {}
    };

    /**
     * Looks texts up.
     *
     * @param keys all different
     * @param dimension of the vectors; one of another dimension, or of another length than 1, is not handed out
     */
    CompletableFuture<MemoAnswer> getAll(List<String> keys, int dimension);

    /** Remembers vectors by their keys; false where some of them could not be. */
    CompletableFuture<Boolean> putAll(Map<String, Embedded> embedded);

    /** Gives what is being remembered a moment to get there. */
    @Override
    void close();
}
