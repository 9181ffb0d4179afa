package dev.freshet.core.envelope;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentKey;
import org.jspecify.annotations.Nullable;

/** What reading a record gave. */
public sealed interface EnvelopeOutcome {
    /**
     * The record is a change.
     *
     * @param ignoredFields fields of the envelope that Freshet does not know
     */
    record Understood(DocumentChange change, int ignoredFields) implements EnvelopeOutcome {}

    /**
     * The record can never be a change.
     *
     * @param reason a stable code
     * @param message the reason in words; never document text
     */
    record Refused(String reason, String message, @Nullable DocumentKey key) implements EnvelopeOutcome {}
}
