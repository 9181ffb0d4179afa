package dev.freshet.core.document;

/**
 * Where a record was read.
 *
 * @param topic a Kafka topic, or the path of a file
 * @param partition of the topic; 0 in a file
 * @param offset in the partition; the line, counted from 0, in a file
 */
public record SourcePosition(String topic, int partition, long offset) {
    /** The partition's name: {@code topic-partition}. */
    public String topicPartition() {
        return topic + "-" + partition;
    }

    @Override
    public String toString() {
        return topicPartition() + "@" + offset;
    }
}
