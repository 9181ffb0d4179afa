package dev.freshet.core.search;

import dev.freshet.core.lateinteraction.TokenVectors;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a chunk.
 *
 * @param tokens null where they were not asked for, or the index holds none
 * @param pooled of length 1; null where it was not asked for, or the index holds none
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; never compared
public record ChunkVectors(@Nullable TokenVectors tokens, float @Nullable [] pooled) {}
