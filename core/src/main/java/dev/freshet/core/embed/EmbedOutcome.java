package dev.freshet.core.embed;

/** What became of one text given to an {@link Embedder}. */
public sealed interface EmbedOutcome {
    /**
     * The text has a vector.
     *
     * @param vector of length 1
     * @param tokens what the model read, special tokens included
     */
    @SuppressWarnings("ArrayRecordComponent") // a vector; never compared
    record Embedded(float[] vector, int tokens) implements EmbedOutcome {}

    /**
     * This text can never be embedded by this model.
     *
     * @param reason a stable code
     * @param message the reason in words; never the text itself
     */
    record Rejected(String reason, String message) implements EmbedOutcome {}
}
