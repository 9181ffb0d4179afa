package dev.freshet.core.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of one document, understood and checked.
 *
 * @param eventTime when the change happened, as its producer says; else when it was written to the topic
 * @param fields null for a delete
 * @param text the whole text, in the form of {@link dev.freshet.core.text.CanonicalText}; null for a delete
 * @param raw the record that said so, kept until the change is accepted, for a dead letter
 */
public record DocumentChange(
        String tenant,
        String documentId,
        Operation operation,
        long epoch,
        long version,
        Instant eventTime,
        @Nullable DocumentFields fields,
        @Nullable String text,
        RawRecord raw) {
    public DocumentKey key() {
        return new DocumentKey(tenant, documentId);
    }

    public ChangeOrder order() {
        return new ChangeOrder(epoch, version);
    }

    public SourcePosition position() {
        return raw.position();
    }
}
