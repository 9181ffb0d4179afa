package dev.freshet.core.embed;

/**
 * The model will not embed these texts together: one of them cannot be embedded, or nothing can. Which of both it is, other requests tell.
 */
public final class BatchRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String words;
    private final boolean deliberate;

    /**
     * @param reason a stable code
     * @param message the reason in words; never a text
     * @param deliberate whether the model says no, instead of making a vector that is none
     */
    public BatchRefusedException(String reason, String message, boolean deliberate) {
        super(message);
        this.reason = reason;
        this.words = message;
        this.deliberate = deliberate;
    }

    /** A stable code. */
    public String reason() {
        return reason;
    }

    /** What it means when it was a single text. */
    public EmbedOutcome.Rejected ofSingleText() {
        return new EmbedOutcome.Rejected(reason, words);
    }

    /** Whether the model says no, instead of making a vector that is none. */
    public boolean isDeliberate() {
        return deliberate;
    }

    /** What it means when the text that was refused is a harmless word: there is nothing that this model would embed. */
    public RuntimeException ofHarmlessWord() {
        String said = words + " for a single harmless word";
        return deliberate
                ? new EmbedderMisconfiguredException(
                        said
                                + ". Look at --embedder-model, and whether the model takes the other options, such as --embedder-shorten.")
                : new EmbedderUnavailableException(said, this);
    }
}
