package dev.freshet.engines.embedding.onnx;

import ai.onnxruntime.OrtException;

/** A model failed at one call; nothing says that the next one will. */
public final class EncoderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EncoderFailure(OrtException cause) {
        super(cause.getMessage(), cause);
    }

    public EncoderFailure(String message) {
        super(message);
    }
}
