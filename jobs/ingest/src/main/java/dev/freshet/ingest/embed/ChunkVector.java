package dev.freshet.ingest.embed;

import org.jspecify.annotations.Nullable;

/**
 * What the model made of one new chunk.
 *
 * @param vector null when the model refused the text
 * @param tokens what the model read
 * @param rejection the stable code of the refusal; null when there is a vector
 * @param rejectionMessage the refusal in words
 */
@SuppressWarnings("ArrayRecordComponent") // a vector; never compared
public record ChunkVector(
        String chunkHash,
        float @Nullable [] vector,
        int tokens,
        @Nullable String rejection,
        @Nullable String rejectionMessage) {}
