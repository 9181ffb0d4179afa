package dev.freshet.ingest.source;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * A job without state reads the topic from its start: what it would remember is there and nowhere else, and what is in
 * the index already is fenced. A job with state that finds its offsets expired fails, instead of skipping a gap in which
 * there may be deletes.
 */
@SuppressWarnings("deprecation") // Kafka deprecated the enum that the connector still takes
final class FromTheStart implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final OffsetsInitializer earliest = OffsetsInitializer.earliest();

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return earliest.getPartitionOffsets(partitions, retriever);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
