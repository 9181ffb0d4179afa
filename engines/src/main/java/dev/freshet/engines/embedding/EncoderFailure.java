package dev.freshet.engines.embedding;

import ai.onnxruntime.OrtException;

/** The native encoder failed at one call; nothing says that the next one will. */
final class EncoderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EncoderFailure(OrtException cause) {
        super(cause.getMessage(), cause);
    }

    EncoderFailure(String message) {
        super(message);
    }
}
