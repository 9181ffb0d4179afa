package dev.freshet.ingest.index;

import dev.freshet.core.batch.Batcher;
import java.io.Serializable;
import java.time.Duration;

/**
 * How writes are sent to the index.
 *
 * @param items most writes of a bulk request
 * @param bytes most bytes of a bulk request, estimated
 * @param linger longest wait of a write for others
 * @param parallelism most bulk requests under way, of one subtask; fewer while the index has too much to do
 */
public record BulkLimits(int items, long bytes, Duration linger, int parallelism) implements Serializable {
    Batcher.Limits batches() {
        return new Batcher.Limits(items, bytes, linger, parallelism);
    }
}
