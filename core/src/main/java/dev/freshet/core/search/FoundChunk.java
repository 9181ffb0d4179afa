package dev.freshet.core.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as a search returns it.
 *
 * @param metadata of its document: a JSON object
 */
public record FoundChunk(
        String chunkId,
        String documentId,
        @Nullable String title,
        List<String> headingPath,
        String text,
        @Nullable String uri,
        String metadata) {}
