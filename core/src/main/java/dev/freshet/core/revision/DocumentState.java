package dev.freshet.core.revision;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a document to judge its next change: its newest full change (an upsert or a delete), and what newer patches
 * say. What is not live is remembered too, for as long as the caller keeps it: a deleted document fences late changes, and a patch
 * waits for its document.
 *
 * @param epoch of the full change
 * @param version of the full change
 * @param deleted whether the full change is a delete
 * @param contentHash of all that is chunked and embedded; empty when not live
 * @param fieldsHash of the fields as the full change says them; empty when not live
 * @param chunker identity of the chunker that made the chunks
 * @param chunks live chunks, equal ones counted each
 * @param chunkHashes of the live chunks, each once
 * @param unknown whether no full change came yet; what is said above of one means nothing then
 * @param derived whether the full change is a delete that stands for a delete by filter
 * @param fields as the full change says them; null when not live, and when the state was written before they were kept
 * @param registers what patches say that are newer than the full change
 */
public record DocumentState(
        long epoch,
        long version,
        boolean deleted,
        String contentHash,
        String fieldsHash,
        String chunker,
        int chunks,
        List<String> chunkHashes,
        boolean unknown,
        boolean derived,
        @Nullable DocumentFields fields,
        Registers registers) {
    static final DocumentState UNKNOWN =
            new DocumentState(0, 0, false, "", "", "", 0, List.of(), true, false, null, Registers.NONE);

    public DocumentState {
        chunker = chunker == null ? "" : chunker;
        chunkHashes = chunkHashes == null ? List.of() : chunkHashes;
        registers = registers == null ? Registers.NONE : registers;
    }

    static DocumentState tombstone(DocumentChange delete, Registers registers) {
        return new DocumentState(
                delete.epoch(),
                delete.version(),
                true,
                "",
                "",
                "",
                0,
                List.of(),
                false,
                delete.derived(),
                null,
                registers);
    }

    /** Whether the index holds the document. */
    public boolean live() {
        return !unknown && !deleted;
    }

    /** The place of the full change. */
    ChangeOrder order() {
        return new ChangeOrder(epoch, version);
    }

    /** The highest fence among the full change and the patches that count; {@link Registers#NO_FENCE} of nothing. */
    long fence() {
        return unknown ? registers.fence() : Math.max(order().fence(), registers.fence());
    }

    /**
     * Whether a change comes before the full change (negative), after it (positive), or claims its place (0). A derived delete stands
     * just before the order of its delete by filter, which removes what is older and no more.
     */
    int comparePlace(DocumentChange change) {
        if (unknown) {
            return 1;
        }
        int byOrder = change.order().compareTo(order());
        return byOrder != 0 ? byOrder : Boolean.compare(derived, change.derived());
    }

    /** The fields as the index holds them; null when the document is not live, or older state does not say. */
    @Nullable
    DocumentFields indexedFields() {
        return fields == null ? null : fields.with(registers.asPatch());
    }

    DocumentState withFields(DocumentFields known) {
        return with(known, registers);
    }

    DocumentState withRegisters(Registers newer) {
        return with(fields, newer);
    }

    private DocumentState with(@Nullable DocumentFields known, Registers newer) {
        return new DocumentState(
                epoch,
                version,
                deleted,
                contentHash,
                fieldsHash,
                chunker,
                chunks,
                chunkHashes,
                unknown,
                derived,
                known,
                newer);
    }

    Set<String> chunkHashSet() {
        return Set.copyOf(chunkHashes);
    }
}
