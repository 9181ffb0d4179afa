package dev.freshet.core.revision;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import dev.freshet.core.document.SourcePosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An accepted change as the index must follow it: which chunks the document has now, and which of them are new.
 *
 * @param epoch of the change
 * @param version of the change
 * @param fence of the newest change that the document follows now, a patch perhaps: the external version of every write
 * @param outcome {@code APPLIED}, or {@code UNCHANGED} where only the version moved on, or {@code SUPERSEDED} where the manifest names
 *     chunks that may have been left in the index and the document does not follow the change
 * @param fields all fields as the index must hold them after an upsert, patches included; else null
 * @param patch what patches say of the document now, to be laid over the fields that are stored, after a patch of a live one; else null
 * @param fieldsChanged whether chunks that stay must be written again because a field of theirs changed
 * @param manifest the document's chunks in the order of the text; empty after a delete, and after a patch, which leaves them as they are
 * @param added chunks of the manifest that the document did not have before, each hash once
 * @param derived as in {@link dev.freshet.core.document.DocumentChange}
 * @param refused whether the change was refused: the revision tidies up after it, and is not what becomes of its record
 * @param priority of the change; of what was kept before there were priorities, live
 */
public record Revision(
        String tenant,
        String documentId,
        Operation operation,
        long epoch,
        long version,
        long fence,
        ChangeReceipt.Outcome outcome,
        Instant eventTime,
        @Nullable DocumentFields fields,
        @Nullable FieldsPatch patch,
        boolean fieldsChanged,
        List<ChunkPlacement> manifest,
        List<NewChunk> added,
        boolean derived,
        SourcePosition origin,
        boolean refused,
        Priority priority) {
    public Revision {
        priority = Priority.orLive(priority);
    }

    public DocumentKey key() {
        return new DocumentKey(tenant, documentId);
    }

    public ChangeOrder order() {
        return new ChangeOrder(epoch, version);
    }

    /** Whether the document is deleted: by this change, or before it, and only its fence moves. */
    public boolean isOfDeleted() {
        return operation == Operation.DELETE || (operation == Operation.PATCH && patch == null);
    }

    /**
     * A patch as a revision that says all, laid over what is stored of its document. The time of a document is that of its text: a
     * patch does not move it.
     */
    public Revision over(DocumentFields stored, List<ChunkPlacement> storedManifest, Instant storedTime) {
        return new Revision(
                tenant,
                documentId,
                operation,
                epoch,
                version,
                fence,
                outcome,
                storedTime,
                patch == null ? stored : stored.with(patch),
                patch,
                fieldsChanged,
                storedManifest,
                added,
                derived,
                origin,
                refused,
                priority);
    }
}
