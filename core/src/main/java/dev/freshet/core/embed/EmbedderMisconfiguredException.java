package dev.freshet.core.embed;

/** The model refuses whatever this process asks, until somebody sets it up in another way. Its message is for that person. */
public final class EmbedderMisconfiguredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where, and what to do; never a secret */
    public EmbedderMisconfiguredException(String message) {
        super(message);
    }
}
