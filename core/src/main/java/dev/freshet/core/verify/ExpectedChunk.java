package dev.freshet.core.verify;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.revision.ChunkedText;
import dev.freshet.core.search.StoredDocument.Passage;
import dev.freshet.core.text.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A chunk that the index must hold.
 *
 * @param text fingerprint of the headings above it and of its text
 */
record ExpectedChunk(Passage passage, long text) {
    /** The chunks of a document in the order of its text. */
    static List<ExpectedChunk> of(Chunker chunker, DocumentKey key, DocumentFields fields, String text) {
        List<ExpectedChunk> chunks = new ArrayList<>();
        Map<String, Integer> occurrences = new HashMap<>();
        for (TextChunk chunk : chunker.chunk(fields.contentType(), text)) {
            String hash = ContentHash.begin()
                    .add(fields.title())
                    .add(chunk.headingPath(), chunk.headingPath().size())
                    .add(chunk.text())
                    .end();
            int occurrence = occurrences.merge(hash, 1, Integer::sum) - 1;
            chunks.add(new ExpectedChunk(
                    new Passage(ChunkedText.chunkId(key, hash, occurrence), chunk.start(), chunk.end()),
                    textPrint(chunk.headingPath(), chunk.text())));
        }
        return chunks;
    }

    static long textPrint(List<String> headingPath, String text) {
        return Fingerprint.of(
                ContentHash.begin().add(headingPath, headingPath.size()).add(text));
    }

    String id() {
        return passage.chunkId();
    }
}
