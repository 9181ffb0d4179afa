package dev.freshet.ingest.embed;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.govern.GovernorLimits;
import java.io.Serializable;
import java.time.Duration;

/**
 * How texts are sent to the embedder.
 *
 * @param batchItems most texts of a batch
 * @param batchTokens most tokens of a batch
 * @param linger longest wait of a text for others
 * @param parallelism most batches under way, of one subtask
 * @param governor for the whole job
 * @param memoBytes that the vectors of texts embedded before may take in a process; 0 to remember none
 */
public record EmbedLimits(
        int batchItems, int batchTokens, Duration linger, int parallelism, GovernorLimits governor, long memoBytes)
        implements Serializable {
    Batcher.Limits batches() {
        return new Batcher.Limits(batchItems, batchTokens, linger, parallelism);
    }
}
