package dev.freshet.ingest.materialize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a live chunk, so that it can be written again without being embedded again.
 *
 * @param vector null when the model refused the text
 */
@SuppressWarnings("ArrayRecordComponent") // a vector; never compared
public record StoredChunk(List<String> headingPath, String text, int tokens, float @Nullable [] vector) {
    public StoredChunk {
        headingPath = headingPath == null ? List.of() : headingPath;
    }
}
