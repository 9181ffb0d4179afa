package dev.freshet.core.search;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import java.time.Instant;
import java.util.List;

/**
 * A document as the index holds it, put together from its chunks.
 *
 * @param order of the change that the index follows
 * @param passages the chunks, in the order of the text
 * @param text the passages, one after the other
 * @param missing chunks that the index should hold and does not; the text goes on without them
 */
public record StoredDocument(
        DocumentKey key,
        ChangeOrder order,
        DocumentFields fields,
        Instant eventTime,
        List<Passage> passages,
        String text,
        List<String> missing) {
    public StoredDocument {
        passages = List.copyOf(passages);
        missing = List.copyOf(missing);
    }

    /**
     * A chunk's place in the document.
     *
     * @param start offset of the first character in the document's text, in UTF-16 code units
     * @param end offset after the last character
     */
    public record Passage(String chunkId, int start, int end) {}
}
