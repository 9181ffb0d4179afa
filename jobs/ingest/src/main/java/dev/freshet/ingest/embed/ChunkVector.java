package dev.freshet.ingest.embed;

import org.jspecify.annotations.Nullable;

/**
 * What the model made of one new chunk.
 *
 * @param vector null when the model refused the text
 * @param tokens what the model read; 0 when the vector was remembered
 * @param rejection the stable code of the refusal; null when there is a vector
 * @param rejectionMessage the refusal in words
 * @param remembered whether the vector is that of an equal text which was embedded before
 */
@SuppressWarnings("ArrayRecordComponent") // a vector; never compared
public record ChunkVector(
        String chunkHash,
        float @Nullable [] vector,
        int tokens,
        @Nullable String rejection,
        @Nullable String rejectionMessage,
        boolean remembered) {
    static ChunkVector embedded(String chunkHash, float[] vector, int tokens) {
        return new ChunkVector(chunkHash, vector, tokens, null, null, false);
    }

    static ChunkVector remembered(String chunkHash, float[] vector) {
        return new ChunkVector(chunkHash, vector, 0, null, null, true);
    }

    static ChunkVector rejected(String chunkHash, String reason, String message) {
        return new ChunkVector(chunkHash, null, 0, reason, message, false);
    }

    /** Whether the model was asked for the vector, and gave it. */
    public boolean embeddedNow() {
        return vector != null && !remembered;
    }
}
