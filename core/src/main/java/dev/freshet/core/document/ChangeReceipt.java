package dev.freshet.core.document;

import java.time.Instant;

/**
 * What became of one record that was not dead-lettered. There is exactly one receipt that is not derived, or one dead letter of scope record, for every record read.
 *
 * @param documentId empty for a delete by filter, whose documents have derived receipts of their own
 * @param chunks the document's chunks in the index after the change
 * @param chunksKept chunks that were in the index before, embedded earlier
 * @param chunksEmbedded distinct texts that were embedded for this change
 * @param tokensEmbedded tokens of these texts
 * @param acknowledgedAt when the index acknowledged the last write of the change; searchable after the next refresh
 * @param derived whether it is about one of the documents of a delete by filter: not a record of its own
 */
public record ChangeReceipt(
        String tenant,
        String documentId,
        Operation operation,
        long epoch,
        long version,
        Outcome outcome,
        int chunks,
        int chunksAdded,
        int chunksKept,
        int chunksRemoved,
        int chunksEmbedded,
        int tokensEmbedded,
        Instant eventTime,
        Instant acknowledgedAt,
        boolean derived,
        SourcePosition origin) {
    /**
     * The receipt of a change that needs no write.
     *
     * @param chunks that the document has
     */
    public static ChangeReceipt withoutWrite(DocumentChange change, Outcome outcome, int chunks, Instant now) {
        return new ChangeReceipt(
                change.tenant(),
                change.documentId(),
                change.operation(),
                change.epoch(),
                change.version(),
                outcome,
                chunks,
                0,
                chunks,
                0,
                0,
                0,
                change.eventTime(),
                now,
                change.derived(),
                change.position());
    }

    public DocumentKey key() {
        return new DocumentKey(tenant, documentId);
    }

    /** The receipt once the index has acknowledged the last write. */
    public ChangeReceipt acknowledged(Instant time) {
        return new ChangeReceipt(
                tenant,
                documentId,
                operation,
                epoch,
                version,
                outcome,
                chunks,
                chunksAdded,
                chunksKept,
                chunksRemoved,
                chunksEmbedded,
                tokensEmbedded,
                eventTime,
                time,
                derived,
                origin);
    }

    /** The three ways in which a change ends that is no dead letter. */
    public enum Outcome {
        /** The index follows the change now. */
        APPLIED,
        /** Content and fields were equal to what the index holds. */
        UNCHANGED,
        /** A newer change of the document was accepted before. */
        SUPERSEDED
    }
}
