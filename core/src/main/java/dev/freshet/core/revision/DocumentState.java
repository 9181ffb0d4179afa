package dev.freshet.core.revision;

import dev.freshet.core.document.ChangeOrder;
import java.util.List;
import java.util.Set;

/**
 * What is remembered of a document to judge its next change. A deleted document is remembered too, until its tombstone expires.
 *
 * @param contentHash of all that is chunked and embedded; empty when deleted
 * @param fieldsHash of the fields; empty when deleted
 * @param chunker identity of the chunker that made the chunks
 * @param chunks live chunks, equal ones counted each
 * @param chunkHashes of the live chunks, each once
 */
public record DocumentState(
        long epoch,
        long version,
        boolean deleted,
        String contentHash,
        String fieldsHash,
        String chunker,
        int chunks,
        List<String> chunkHashes) {
    public DocumentState {
        chunker = chunker == null ? "" : chunker;
        chunkHashes = chunkHashes == null ? List.of() : chunkHashes;
    }

    static DocumentState tombstone(ChangeOrder order) {
        return new DocumentState(order.epoch(), order.version(), true, "", "", "", 0, List.of());
    }

    ChangeOrder order() {
        return new ChangeOrder(epoch, version);
    }

    DocumentState at(ChangeOrder order) {
        return new DocumentState(
                order.epoch(), order.version(), deleted, contentHash, fieldsHash, chunker, chunks, chunkHashes);
    }

    Set<String> chunkHashSet() {
        return Set.copyOf(chunkHashes);
    }
}
