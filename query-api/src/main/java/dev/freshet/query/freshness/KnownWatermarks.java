package dev.freshet.query.freshness;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest watermark of every source partition.
 *
 * @param asOf the last moment at which there were no newer ones; null when they were never read to the end
 */
public record KnownWatermarks(
        List<IndexWatermark> partitions, @Nullable Instant asOf) {
    /** Before anything was read. */
    public static final KnownWatermarks NONE = new KnownWatermarks(List.of(), null);

    public KnownWatermarks {
        partitions = List.copyOf(partitions);
    }

    OutcomeCounts totals() {
        return partitions.stream().map(IndexWatermark::counts).reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
    }
}
