package dev.freshet.ingest.fetch;

/** A reference that is not followed. The message says why, without the query of the URI, and does not depend on what lies there. */
final class ForbiddenReferenceException extends Exception {
    private static final long serialVersionUID = 1L;

    ForbiddenReferenceException(String message) {
        super(message);
    }
}
