package dev.freshet.ingest.materialize;

import dev.freshet.core.describe.ChunkMetadata;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a live chunk, so that it can be written again without being embedded again.
 *
 * @param vector null when the model refused the text
 * @param addedAt event time of the change that brought the chunk
 * @param tokenVectors the bytes of {@link dev.freshet.core.lateinteraction.TokenVectors}; null where none were kept when it came
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; never compared
public record StoredChunk(
        List<String> headingPath,
        String text,
        int tokens,
        float @Nullable [] vector,
        Instant addedAt,
        ChunkMetadata metadata,
        byte @Nullable [] tokenVectors) {
    public StoredChunk {
        metadata = metadata == null ? ChunkMetadata.NONE : metadata;
        headingPath = headingPath == null ? List.of() : headingPath;
        addedAt = addedAt == null ? Instant.EPOCH : addedAt;
    }
}
