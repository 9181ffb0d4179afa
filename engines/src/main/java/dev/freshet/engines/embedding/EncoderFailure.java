package dev.freshet.engines.embedding;

/** The native encoder failed at a call; nothing says that the next one will. */
final class EncoderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EncoderFailure(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
