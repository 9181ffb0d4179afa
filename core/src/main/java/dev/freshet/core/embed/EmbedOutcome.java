package dev.freshet.core.embed;

import org.jspecify.annotations.Nullable;

/** What became of one text given to an {@link Embedder}. */
public sealed interface EmbedOutcome {
    /**
     * The text has a vector.
     *
     * @param vector of length 1
     * @param tokens what the model read, special tokens included
     * @param tokenVectors the bytes of {@link dev.freshet.core.lateinteraction.TokenVectors}; null where the embedder keeps none
     */
    @SuppressWarnings("ArrayRecordComponent") // vectors; never compared
    record Embedded(float[] vector, int tokens, byte @Nullable [] tokenVectors) implements EmbedOutcome {
        public Embedded(float[] vector, int tokens) {
            this(vector, tokens, null);
        }
    }

    /**
     * This text can never be embedded by this model.
     *
     * @param reason a stable code
     * @param message the reason in words; never the text itself
     */
    record Rejected(String reason, String message) implements EmbedOutcome {}
}
