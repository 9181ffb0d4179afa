package dev.freshet.ingest.account;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.account.OutcomeKind;
import dev.freshet.core.document.SourcePosition;
import java.time.Instant;

/**
 * The account of one source partition.
 *
 * @param lastRead the highest offset that was read; -1 before the first
 * @param watermark every record up to this offset has an outcome
 * @param eventTimeMillis of the record at the watermark, in milliseconds since 1970; {@link #NO_TIME} before the first
 * @param changed whether something changed since the account was told last
 */
public record PartitionAccount(
        String topic,
        int partition,
        long lastRead,
        long watermark,
        long eventTimeMillis,
        OutcomeCounts counts,
        boolean changed) {
    static final long NO_TIME = Long.MIN_VALUE;

    static PartitionAccount empty(SourcePosition position) {
        return new PartitionAccount(position.topic(), position.partition(), -1, -1, NO_TIME, OutcomeCounts.NONE, false);
    }

    PartitionAccount read(long offset) {
        return new PartitionAccount(
                topic, partition, Math.max(lastRead, offset), watermark, eventTimeMillis, counts.read(), changed);
    }

    PartitionAccount settled(OutcomeKind kind) {
        return withCounts(counts.settled(kind));
    }

    PartitionAccount unparked(OutcomeKind kind) {
        return withCounts(counts.unparked(kind));
    }

    PartitionAccount withChanged(boolean now) {
        return new PartitionAccount(topic, partition, lastRead, watermark, eventTimeMillis, counts, now);
    }

    PartitionAccount withWatermark(long offset, long timeMillis) {
        return new PartitionAccount(topic, partition, lastRead, offset, timeMillis, counts, changed);
    }

    private PartitionAccount withCounts(OutcomeCounts now) {
        return new PartitionAccount(topic, partition, lastRead, watermark, eventTimeMillis, now, changed);
    }

    IndexWatermark told(long atMillis) {
        return new IndexWatermark(
                topic,
                partition,
                watermark,
                eventTimeMillis == NO_TIME ? null : Instant.ofEpochMilli(eventTimeMillis),
                counts,
                Instant.ofEpochMilli(atMillis));
    }
}
