package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractOutcome;

/** Leaves the reading of content at the first thing that is wrong with it; does not leave this package. */
final class RefusedContentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason a stable code
     * @param message in words, for a person; never document text
     */
    RefusedContentException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    ExtractOutcome.Refused outcome() {
        return new ExtractOutcome.Refused(reason, String.valueOf(getMessage()));
    }
}
