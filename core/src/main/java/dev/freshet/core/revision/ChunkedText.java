package dev.freshet.core.revision;

import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.text.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a text with their identities.
 *
 * @param manifest in the order of the text
 * @param added those that the document did not have before, each hash once
 * @param hashes of all chunks, each once
 */
public record ChunkedText(List<ChunkPlacement> manifest, List<NewChunk> added, List<String> hashes) {
    static final ChunkedText NONE = new ChunkedText(List.of(), List.of(), List.of());

    /** @param before hashes of the chunks that the document has already */
    static ChunkedText of(DocumentKey key, @Nullable String title, List<TextChunk> chunks, Set<String> before) {
        List<ChunkPlacement> manifest = new ArrayList<>(chunks.size());
        Map<String, NewChunk> added = new LinkedHashMap<>();
        Map<String, Integer> occurrences = new HashMap<>();
        for (TextChunk chunk : chunks) {
            String hash = hash(title, chunk);
            int occurrence = occurrences.merge(hash, 1, Integer::sum) - 1;
            manifest.add(new ChunkPlacement(chunkId(key, hash, occurrence), hash, chunk.start(), chunk.end()));
            if (!before.contains(hash)) {
                added.computeIfAbsent(hash, absent -> newChunk(absent, title, chunk));
            }
        }
        return new ChunkedText(manifest, List.copyOf(added.values()), List.copyOf(occurrences.keySet()));
    }

    private static NewChunk newChunk(String hash, @Nullable String title, TextChunk chunk) {
        return new NewChunk(hash, title, chunk.headingPath(), chunk.text(), chunk.tokens(), ChunkMetadata.of(chunk));
    }

    /** Of the exact text that is embedded, in parts, so that equal hashes also mean equal titles and heading paths. */
    private static String hash(@Nullable String title, TextChunk chunk) {
        return ContentHash.begin()
                .add(title)
                .add(chunk.headingPath(), chunk.headingPath().size())
                .add(chunk.text())
                .end();
    }

    /** The identity of a chunk in the index; an equal chunk of the same document differs in its occurrence, counted from 0. */
    public static String chunkId(DocumentKey key, String chunkHash, int occurrence) {
        return ContentHash.begin()
                .add(key.tenant())
                .add(key.id())
                .add(chunkHash)
                .add(Integer.toString(occurrence))
                .end();
    }
}
