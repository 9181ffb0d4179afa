package dev.freshet.ingest.source;

import dev.freshet.core.document.RawRecord;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The documents topic as a source: committed transactions only, from the committed offsets or else the start. */
public final class KafkaChanges {
    private KafkaChanges() {}

    @SuppressWarnings("deprecation") // Kafka deprecated the enum that the connector still takes
    public static KafkaSource<RawRecord> source(String bootstrapServers, String topic, String consumerGroup) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(topic)
                .setGroupId(consumerGroup)
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setProperty("isolation.level", "read_committed")
                .setProperty("partition.discovery.interval.ms", "60000")
                .setDeserializer(new RawRecordDeserializer())
                .build();
    }
}
