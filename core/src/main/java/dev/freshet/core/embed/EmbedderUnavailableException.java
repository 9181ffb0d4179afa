package dev.freshet.core.embed;

import java.time.Duration;

/** The model cannot be reached now; the same call may succeed later. */
public final class EmbedderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final boolean throttled;

    public EmbedderUnavailableException(String message, Throwable cause) {
        this(message, Duration.ZERO, false, cause);
    }

    /**
     * @param retryAfter the shortest time after which the provider wants to be asked again; zero where it did not say
     * @param throttled whether it is there, and was only asked too much
     */
    public EmbedderUnavailableException(String message, Duration retryAfter, boolean throttled, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.throttled = throttled;
    }

    /** The shortest time after which the provider wants to be asked again; zero where it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the provider is there, and was only asked too much. */
    public boolean isThrottled() {
        return throttled;
    }
}
