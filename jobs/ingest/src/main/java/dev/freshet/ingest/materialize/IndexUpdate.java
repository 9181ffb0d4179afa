package dev.freshet.ingest.materialize;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.ingest.rebuild.RebuildMarker;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All writes that make the index follow one change, or that write one document again; or a marker behind all of these.
 *
 * @param receipt what to report when the writes are acknowledged; null for a marker
 * @param reported false where a document is written again: nothing has become of a record by that
 * @param fence the external version of every write
 * @param entry null when the document was deleted
 * @param marker null unless it is one; then there is nothing to write
 */
public record IndexUpdate(
        @Nullable ChangeReceipt receipt,
        boolean reported,
        long fence,
        List<ChunkDocument> puts,
        List<String> deletes,
        @Nullable DocumentEntry entry,
        Destination destination,
        @Nullable RebuildMarker marker) {
    static IndexUpdate end(RebuildMarker marker) {
        return new IndexUpdate(
                null, false, 0, List.of(), List.of(), null, Destination.only(marker.generation()), marker);
    }

    /** The receipt of what is no marker. */
    public ChangeReceipt subject() {
        return Objects.requireNonNull(receipt, "a marker is about no document");
    }

    /** The key of the update in a stream by document: the path of its own, and for a marker one that is in the same subtask. */
    public String document() {
        return marker == null ? subject().key().path() : marker.key();
    }

    /** The same update with these writes of chunks. */
    public IndexUpdate with(List<ChunkDocument> otherPuts, List<String> otherDeletes) {
        return new IndexUpdate(receipt, reported, fence, otherPuts, otherDeletes, entry, destination, marker);
    }
}
