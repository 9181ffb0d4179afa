package dev.freshet.engines.embedding.openai;

import java.time.Duration;
import java.util.List;

/** What came of one request. Its messages name the provider, and hold neither texts nor the key. */
sealed interface Reply {
    /**
     * Every text has a vector.
     *
     * @param vectors of length 1, in the order of the texts
     * @param tokens that the provider counted; 0 when it did not
     */
    record Vectors(List<float[]> vectors, long tokens) implements Reply {}

    /**
     * The texts cannot be embedded, or one of them cannot, or nothing can: a request with other texts tells.
     *
     * @param reason a stable code
     * @param byStatus whether the provider said no, instead of sending a vector that is none
     */
    record Refused(String reason, String message, boolean byStatus) implements Reply {}

    /**
     * The same request may succeed later.
     *
     * @param throttled whether there were only too many requests
     */
    record Unavailable(String message, Duration retryAfter, boolean throttled, Throwable cause) implements Reply {}

    /** No request can succeed before somebody does what the message says. */
    record Misconfigured(String message) implements Reply {}
}
