package dev.freshet.ingest.fetch;

/** Leaves the reading of content at the first thing that is wrong; does not leave this package. */
final class UnusableContentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a stable code */
    UnusableContentException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
