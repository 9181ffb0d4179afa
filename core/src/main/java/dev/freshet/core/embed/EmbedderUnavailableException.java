package dev.freshet.core.embed;

import java.time.Duration;

/** The model cannot be reached now; the same call may succeed later. */
public final class EmbedderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public EmbedderUnavailableException(String message, Throwable cause) {
        this(message, Duration.ZERO, cause);
    }

    /** @param retryAfter the shortest time after which the provider wants to be asked again; zero where it did not say */
    public EmbedderUnavailableException(String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** The shortest time after which the provider wants to be asked again; zero where it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
