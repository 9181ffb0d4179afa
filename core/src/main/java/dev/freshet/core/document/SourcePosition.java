package dev.freshet.core.document;

/**
 * Where a record was read.
 *
 * @param topic a Kafka topic, or the path of a file from its root
 * @param partition of the topic; 0 in a file
 * @param offset in the partition; the line, counted from 0, in a file
 */
public record SourcePosition(String topic, int partition, long offset) {
    /** The partition's name: {@code topic-partition}. */
    public String topicPartition() {
        return topic + "-" + partition;
    }

    /** Whether it is in a file: a path has slashes, the name of a topic cannot. */
    public boolean inFile() {
        return topic.indexOf('/') >= 0;
    }

    @Override
    public String toString() {
        return topicPartition() + "@" + offset;
    }
}
