package dev.freshet.ingest.embed;

import org.jspecify.annotations.Nullable;

/**
 * What the model made of one new chunk.
 *
 * @param vector null when the model refused the text
 * @param tokens what the model read; 0 when the vector was remembered
 * @param rejection the stable code of the refusal; null when there is a vector
 * @param rejectionMessage the refusal in words
 */
@SuppressWarnings("ArrayRecordComponent") // a vector; never compared
public record ChunkVector(
        String chunkHash,
        float @Nullable [] vector,
        int tokens,
        @Nullable String rejection,
        @Nullable String rejectionMessage) {
    /** The vector of an equal text that was embedded before. */
    static ChunkVector remembered(String chunkHash, float[] vector) {
        return new ChunkVector(chunkHash, vector, 0, null, null);
    }

    /** Whether the model was asked for the vector. A model reads one token at least. */
    public boolean embeddedNow() {
        return vector != null && tokens > 0;
    }
}
