package dev.freshet.core.envelope;

import dev.freshet.core.document.DocumentKey;
import org.jspecify.annotations.Nullable;

/** Leaves the reading of a record at the first thing that is wrong; does not leave this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient @Nullable DocumentKey document;

    RefusedException(String reason, String message) {
        this(reason, message, null);
    }

    private RefusedException(String reason, String message, @Nullable DocumentKey document) {
        super(message, null, false, false);
        this.reason = reason;
        this.document = document;
    }

    /** The same, once it is known which document the record is about. */
    RefusedException about(DocumentKey known) {
        return new RefusedException(reason, String.valueOf(getMessage()), known);
    }

    String reason() {
        return reason;
    }

    @Nullable
    DocumentKey document() {
        return document;
    }
}
