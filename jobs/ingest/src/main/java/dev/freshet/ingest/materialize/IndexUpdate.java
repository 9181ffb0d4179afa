package dev.freshet.ingest.materialize;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All writes that make the index follow one change.
 *
 * @param receipt what to report when the writes are acknowledged
 * @param fence the external version of every write
 * @param entry null when the document was deleted
 */
public record IndexUpdate(
        ChangeReceipt receipt,
        long fence,
        List<ChunkDocument> puts,
        List<String> deletes,
        @Nullable DocumentEntry entry) {}
