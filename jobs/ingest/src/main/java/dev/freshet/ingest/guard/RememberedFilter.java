package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import java.util.List;
import java.util.Objects;

/**
 * A delete by filter that was carried out, and waits for documents that arrive late.
 *
 * @param change without the bytes of its record: the deletes that it stands for are never dead-lettered
 * @param expiresAt in milliseconds since 1970, by the clock of the machine
 */
public record RememberedFilter(DocumentChange change, long expiresAt) {
    private static final byte[] NOTHING = {};

    /** The delete by filter without the bytes of its record, so that it and the many deletes it stands for stay small. */
    static DocumentChange withoutBytes(DocumentChange change) {
        RawRecord position = new RawRecord(change.position(), change.raw().timestamp(), NOTHING, NOTHING, List.of());
        return DocumentChange.deleteByFilter(
                change.tenant(),
                change.order(),
                change.eventTime(),
                Objects.requireNonNull(change.filter(), "a delete by filter has a filter"),
                position);
    }

    boolean isSameAs(DocumentChange other) {
        return change.order().equals(other.order()) && Objects.equals(change.filter(), other.filter());
    }
}
