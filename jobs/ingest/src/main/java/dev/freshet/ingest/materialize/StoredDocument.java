package dev.freshet.ingest.materialize;

import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.revision.ChunkPlacement;
import java.time.Instant;
import java.util.List;

/**
 * What the index holds of a live document, beside its chunks.
 *
 * @param epoch of the newest change that the document follows, a patch perhaps
 * @param version of that change
 * @param eventTime of the newest upsert
 */
public record StoredDocument(
        long epoch, long version, Instant eventTime, DocumentFields fields, List<ChunkPlacement> manifest) {
    public StoredDocument {
        manifest = manifest == null ? List.of() : manifest;
    }
}
