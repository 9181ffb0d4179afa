package dev.freshet.ingest.source;

import dev.freshet.ingest.source.PartitionBounds.Range;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Records that the job has not read are gone. It ends the job: a restart would find the same gap. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class LostRecordsException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String WHAT_TO_DO = " There may be deletes among them, so the job does not go on."
            + " To accept the loss, start the job without its state and with --start earliest,"
            + " and send again what changed in the gap.";

    private LostRecordsException(String message) {
        super(message);
    }

    /**
     * Names the gap of every partition.
     *
     * @param wanted the offsets that the job had to go on from
     * @param ranges what there is; a partition for which that is unknown may be missing
     */
    static LostRecordsException of(
            Map<TopicPartition, Long> wanted, Map<TopicPartition, Range> ranges, Exception failure) {
        String gaps = wanted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition)))
                .map(entry -> gap(entry.getKey(), entry.getValue(), ranges.get(entry.getKey())))
                .collect(Collectors.joining(" "));
        LostRecordsException lost = new LostRecordsException(gaps + WHAT_TO_DO);
        // Not as the cause: the innermost cause is what a person is shown.
        lost.addSuppressed(failure);
        return lost;
    }

    private static String gap(TopicPartition partition, long wanted, @Nullable Range range) {
        String place = "Topic %s, partition %d: the job wants offset %d, but "
                .formatted(partition.topic(), partition.partition(), wanted);
        if (range == null) {
            return place + "it is not there, and the broker did not say which offsets are.";
        }
        if (wanted < range.earliest()) {
            return place
                    + "the earliest there is is %d: %d offsets were removed before they were read."
                            .formatted(range.earliest(), range.earliest() - wanted);
        }
        if (wanted > range.end()) {
            return place
                    + "the topic has only %d to %d: it was made anew, or has lost its end."
                            .formatted(range.earliest(), range.end());
        }
        return place
                + "it was not there a moment ago; now there are %d to %d.".formatted(range.earliest(), range.end());
    }
}
