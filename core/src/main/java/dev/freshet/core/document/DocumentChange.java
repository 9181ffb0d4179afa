package dev.freshet.core.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change, understood and checked.
 *
 * @param documentId empty for {@link Operation#DELETE_BY_FILTER}, which is about no single document
 * @param eventTime when the change happened, as its producer says; else when it was written to the topic
 * @param fields of an upsert; else null
 * @param text of an upsert: the whole text, in the form of {@link dev.freshet.core.text.CanonicalText}; null while only {@code reference} or {@code content} is known
 * @param reference where the text of an upsert lies that is not in the record; else null
 * @param content of an upsert: the bytes whose text has still to be extracted; else null
 * @param patch of a patch; else null
 * @param filter of a delete by filter; else null
 * @param derived whether it is one of the deletes that a delete by filter stands for: it has a receipt of its own, but is not counted as a record
 * @param priority of the embedding; what was parked before there were priorities is live
 * @param raw the record that said so, kept until the change is accepted, for a dead letter
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record DocumentChange(
        String tenant,
        String documentId,
        Operation operation,
        long epoch,
        long version,
        Instant eventTime,
        @Nullable DocumentFields fields,
        @Nullable String text,
        @Nullable ContentReference reference,
        byte @Nullable [] content,
        @Nullable FieldsPatch patch,
        @Nullable DocumentFilter filter,
        boolean derived,
        Priority priority,
        RawRecord raw) {
    public DocumentChange {
        priority = Priority.orLive(priority);
    }

    private DocumentChange(
            DocumentKey key,
            Operation operation,
            ChangeOrder order,
            Instant eventTime,
            @Nullable DocumentFields fields,
            @Nullable String text,
            @Nullable ContentReference reference,
            byte @Nullable [] content,
            boolean derived,
            RawRecord raw) {
        this(
                key.tenant(),
                key.id(),
                operation,
                order.epoch(),
                order.version(),
                eventTime,
                fields,
                text,
                reference,
                content,
                null,
                null,
                derived,
                Priority.LIVE,
                raw);
    }

    /** A change that replaces the document. */
    public static DocumentChange upsert(
            DocumentKey key, ChangeOrder order, Instant eventTime, DocumentFields fields, String text, RawRecord raw) {
        return new DocumentChange(key, Operation.UPSERT, order, eventTime, fields, text, null, null, false, raw);
    }

    /** A change that replaces the document, whose text has still to be fetched. */
    public static DocumentChange upsert(
            DocumentKey key,
            ChangeOrder order,
            Instant eventTime,
            DocumentFields fields,
            ContentReference reference,
            RawRecord raw) {
        return new DocumentChange(key, Operation.UPSERT, order, eventTime, fields, null, reference, null, false, raw);
    }

    /** A change that replaces the document, whose text has still to be extracted. */
    public static DocumentChange upsert(
            DocumentKey key,
            ChangeOrder order,
            Instant eventTime,
            DocumentFields fields,
            byte[] content,
            RawRecord raw) {
        return new DocumentChange(key, Operation.UPSERT, order, eventTime, fields, null, null, content, false, raw);
    }

    /** A change of metadata, ACL or both. */
    public static DocumentChange patch(
            DocumentKey key, ChangeOrder order, Instant eventTime, FieldsPatch patch, RawRecord raw) {
        return new DocumentChange(
                key.tenant(),
                key.id(),
                Operation.PATCH,
                order.epoch(),
                order.version(),
                eventTime,
                null,
                null,
                null,
                null,
                patch,
                null,
                false,
                Priority.LIVE,
                raw);
    }

    /** A change that removes the document. */
    public static DocumentChange delete(DocumentKey key, ChangeOrder order, Instant eventTime, RawRecord raw) {
        return new DocumentChange(key, Operation.DELETE, order, eventTime, null, null, null, null, false, raw);
    }

    /** A change that removes every document of the tenant that the filter matches. */
    public static DocumentChange deleteByFilter(
            String tenant, ChangeOrder order, Instant eventTime, DocumentFilter filter, RawRecord raw) {
        return new DocumentChange(
                tenant,
                "",
                Operation.DELETE_BY_FILTER,
                order.epoch(),
                order.version(),
                eventTime,
                null,
                null,
                null,
                null,
                null,
                filter,
                false,
                Priority.LIVE,
                raw);
    }

    /** The delete of one document that this delete by filter matches. */
    public DocumentChange deleteOf(String matchingId) {
        return new DocumentChange(
                new DocumentKey(tenant, matchingId),
                Operation.DELETE,
                order(),
                eventTime,
                null,
                null,
                null,
                null,
                true,
                raw);
    }

    /** This upsert with its text, once it is known, and what the text says of the fields. */
    public DocumentChange withText(DocumentFields known, String found) {
        return with(known, null, found, null, priority);
    }

    /** This upsert with its content, once it is fetched. */
    public DocumentChange withContent(byte[] fetched) {
        return with(fields, null, null, fetched, priority);
    }

    /** This change, as urgent as this. */
    public DocumentChange withPriority(Priority stated) {
        return stated == priority ? this : with(fields, reference, text, content, stated);
    }

    private DocumentChange with(
            @Nullable DocumentFields known,
            @Nullable ContentReference where,
            @Nullable String found,
            byte @Nullable [] fetched,
            Priority stated) {
        return new DocumentChange(
                tenant,
                documentId,
                operation,
                epoch,
                version,
                eventTime,
                known,
                found,
                where,
                fetched,
                patch,
                filter,
                derived,
                stated,
                raw);
    }

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
