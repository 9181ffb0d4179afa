package dev.freshet.core.index;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.revision.ChunkPlacement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as the index holds it: its fields, and its manifest, the chunks in the order of the text. The
 * chunks, put together in this order, are the text.
 *
 * @param order of the newest accepted change
 * @param summary the mean of the vectors of its chunks, with length 1; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a vector; never compared
public record DocumentEntry(
        DocumentKey key,
        ChangeOrder order,
        DocumentFields fields,
        Instant eventTime,
        List<ChunkPlacement> manifest,
        float @Nullable [] summary) {
    /** Without a summary. */
    public DocumentEntry(
            DocumentKey key,
            ChangeOrder order,
            DocumentFields fields,
            Instant eventTime,
            List<ChunkPlacement> manifest) {
        this(key, order, fields, eventTime, manifest, null);
    }
}
