package dev.freshet.core.oracle;

import dev.freshet.core.document.DocumentKey;
import java.util.List;
import java.util.Map;

/** All that an index holds. */
public record IndexSnapshot(Map<DocumentKey, Document> documents, Map<String, Chunk> chunks) {
    /**
     * A document as the index holds it.
     *
     * @param fence of its newest accepted change
     * @param metadata in canonical form
     * @param chunkIds in the order of the text
     */
    public record Document(long fence, String metadata, List<String> acl, List<String> chunkIds) {}

    /** A chunk as the index holds it. */
    public record Chunk(DocumentKey document, String text, String metadata, List<String> acl, boolean hasVector) {}
}
