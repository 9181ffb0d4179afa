package dev.freshet.core.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the index follows one source partition: every record up to the offset has an outcome, or is parked.
 *
 * @param offset one less than the lowest that is pending; the last that was read where nothing is. -1 where that is none
 * @param eventTime when the change at the watermark happened, as its producer says, else when it was written to the
 *     topic; null before the first outcome
 * @param at when this was so
 */
public record IndexWatermark(
        String topic, int partition, long offset, @Nullable Instant eventTime, OutcomeCounts counts, Instant at) {
    /** The partition's name, and the key of the record in Kafka: {@code topic-partition}. */
    public String key() {
        return topic + "-" + partition;
    }
}
