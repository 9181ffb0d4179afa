package dev.freshet.core.rerank;

/** The reranker cannot be used until somebody sets it up in another way. Its message is for that person. */
public final class RerankerMisconfiguredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where, and what to do; never a secret */
    public RerankerMisconfiguredException(String message) {
        super(message);
    }
}
