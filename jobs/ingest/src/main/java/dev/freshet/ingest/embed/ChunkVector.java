package dev.freshet.ingest.embed;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import org.jspecify.annotations.Nullable;

/**
 * What the model made of one new chunk.
 *
 * @param vector null when the model refused the text
 * @param tokens what the model read; 0 when the vector was remembered
 * @param rejection the stable code of the refusal; null when there is a vector
 * @param rejectionMessage the refusal in words
 * @param remembered whether the vector is that of an equal text which was embedded before
 * @param tokenVectors the bytes of {@link dev.freshet.core.lateinteraction.TokenVectors}; null where none are kept
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; never compared
public record ChunkVector(
        String chunkHash,
        float @Nullable [] vector,
        int tokens,
        @Nullable String rejection,
        @Nullable String rejectionMessage,
        boolean remembered,
        byte @Nullable [] tokenVectors) {
    static ChunkVector embedded(String chunkHash, Embedded embedded) {
        return new ChunkVector(
                chunkHash, embedded.vector(), embedded.tokens(), null, null, false, embedded.tokenVectors());
    }

    static ChunkVector remembered(String chunkHash, Embedded embedded) {
        return new ChunkVector(chunkHash, embedded.vector(), 0, null, null, true, embedded.tokenVectors());
    }

    static ChunkVector rejected(String chunkHash, String reason, String message) {
        return new ChunkVector(chunkHash, null, 0, reason, message, false, null);
    }

    /** Whether the model was asked for the vector, and gave it. */
    public boolean embeddedNow() {
        return vector != null && !remembered;
    }
}
