package dev.freshet.core.envelope;

/** Leaves the reading of a record at the first thing that is wrong; does not leave this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    RefusedException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
