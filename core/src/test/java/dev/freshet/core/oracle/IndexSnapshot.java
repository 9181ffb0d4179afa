package dev.freshet.core.oracle;

import dev.freshet.core.document.DocumentKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that an index holds. */
public record IndexSnapshot(Map<DocumentKey, Document> documents, Map<String, Chunk> chunks) {
    /**
     * A document as the index holds it.
     *
     * @param fence of the newest change that it follows
     * @param eventTime of its newest upsert
     * @param metadata in canonical form
     * @param chunkIds in the order of the text
     */
    public record Document(
            long fence,
            Instant eventTime,
            @Nullable String title,
            @Nullable String uri,
            String contentType,
            String metadata,
            List<String> acl,
            List<String> chunkIds) {}

    /** A chunk as the index holds it. */
    public record Chunk(
            DocumentKey document,
            String text,
            @Nullable String title,
            @Nullable String uri,
            String metadata,
            List<String> acl,
            boolean hasVector) {}
}
