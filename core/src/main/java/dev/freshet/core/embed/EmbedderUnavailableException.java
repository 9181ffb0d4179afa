package dev.freshet.core.embed;

/** The model cannot be reached now; the same call may succeed later. */
public final class EmbedderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbedderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
