package dev.freshet.core.search;

import dev.freshet.core.describe.ChunkMetadata;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as a search returns it.
 *
 * @param metadata of its document: a JSON object
 * @param language of its document; null where it is not certain
 * @param tokens of its text
 * @param chunkMetadata what is said of the chunk itself
 * @param changedAt event time of the change that wrote it last; null where the index cannot tell
 * @param indexedAt when the index took it; null where it cannot tell
 */
public record FoundChunk(
        String chunkId,
        String documentId,
        @Nullable String title,
        List<String> headingPath,
        String text,
        @Nullable String uri,
        String metadata,
        @Nullable String language,
        int tokens,
        ChunkMetadata chunkMetadata,
        @Nullable Instant changedAt,
        @Nullable Instant indexedAt) {}
