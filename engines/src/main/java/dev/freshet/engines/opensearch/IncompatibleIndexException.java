package dev.freshet.engines.opensearch;

/** There is an index of the right name that does not fit this process; going on would mix what must not meet. */
public final class IncompatibleIndexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompatibleIndexException(String message) {
        super(message);
    }
}
