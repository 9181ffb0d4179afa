package dev.freshet.ingest.source;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Tells which offsets partitions have. */
@FunctionalInterface
interface PartitionBounds extends Serializable {
    /** What is there now; throws an unchecked exception where it cannot be found out. */
    Map<TopicPartition, Range> of(Set<TopicPartition> partitions);

    /**
     * The offsets of a partition.
     *
     * @param end the offset of the record to come
     */
    record Range(long earliest, long end) {}
}
