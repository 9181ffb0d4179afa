package dev.freshet.ingest.materialize;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.index.VectorSum;
import dev.freshet.core.revision.ChunkPlacement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index holds of a live document, beside its chunks.
 *
 * @param epoch of the newest change that the document follows, a patch perhaps
 * @param version of that change
 * @param eventTime of the newest upsert
 * @param fieldsChangedAt event time of the change that wrote all chunks last, because a field of theirs changed
 * @param origin of the newest change
 * @param attempt of the job that wrote the document last, by the checkpoint that it began from
 * @param vectors of its chunks, each as often as it stands in the manifest; null in state from before they were summed
 */
public record StoredDocument(
        long epoch,
        long version,
        Instant eventTime,
        DocumentFields fields,
        List<ChunkPlacement> manifest,
        Instant fieldsChangedAt,
        SourcePosition origin,
        long attempt,
        @Nullable VectorSum vectors) {
    private static final SourcePosition FORGOTTEN = new SourcePosition("", 0, 0);

    public StoredDocument {
        manifest = manifest == null ? List.of() : manifest;
        fieldsChangedAt = fieldsChangedAt == null ? eventTime : fieldsChangedAt;
        origin = origin == null ? FORGOTTEN : origin;
    }

    StoredDocument with(VectorSum sum) {
        return new StoredDocument(epoch, version, eventTime, fields, manifest, fieldsChangedAt, origin, attempt, sum);
    }

    ChangeOrder order() {
        return new ChangeOrder(epoch, version);
    }
}
