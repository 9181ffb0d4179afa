package dev.freshet.core.index;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as the index holds it.
 *
 * @param fence the external version of the write
 * @param text the exact part of the document's text
 * @param vector null when the model refused the text: the chunk is found by its words only
 * @param changedAt event time of the change that wrote the chunk last
 * @param tokenVectors the bytes of {@link dev.freshet.core.lateinteraction.TokenVectors}; null where none are kept
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; never compared
public record ChunkDocument(
        String id,
        long fence,
        String tenant,
        String documentId,
        List<String> headingPath,
        String text,
        int tokens,
        ChunkMetadata metadata,
        DocumentFields fields,
        Instant changedAt,
        float @Nullable [] vector,
        byte @Nullable [] tokenVectors) {
    /** Without token vectors. */
    public ChunkDocument(
            String id,
            long fence,
            String tenant,
            String documentId,
            List<String> headingPath,
            String text,
            int tokens,
            ChunkMetadata metadata,
            DocumentFields fields,
            Instant changedAt,
            float @Nullable [] vector) {
        this(id, fence, tenant, documentId, headingPath, text, tokens, metadata, fields, changedAt, vector, null);
    }

    /** The same chunk under a newer fence, with the fields that its document has by then. */
    public ChunkDocument of(long newerFence, DocumentFields newerFields) {
        return new ChunkDocument(
                id,
                newerFence,
                tenant,
                documentId,
                headingPath,
                text,
                tokens,
                metadata,
                newerFields,
                changedAt,
                vector,
                tokenVectors);
    }
}
