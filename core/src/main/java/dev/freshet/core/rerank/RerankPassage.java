package dev.freshet.core.rerank;

import dev.freshet.core.lateinteraction.TokenVectors;
import org.jspecify.annotations.Nullable;

/**
 * A candidate.
 *
 * @param text as it is embedded: title, headings and the passage itself
 * @param tokenVectors null where the index holds none for it, or the reranker does not need them
 */
public record RerankPassage(
        String chunkId, String text, @Nullable TokenVectors tokenVectors) {}
