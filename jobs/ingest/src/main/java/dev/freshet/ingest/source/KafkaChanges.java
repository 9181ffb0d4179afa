package dev.freshet.ingest.source;

import dev.freshet.core.document.RawRecord;
import org.apache.flink.connector.kafka.source.KafkaSource;

/** The documents topic as a source: committed transactions only, from its start when the job has no state. */
public final class KafkaChanges {
    private KafkaChanges() {}

    public static KafkaSource<RawRecord> source(String bootstrapServers, String topic, String consumerGroup) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(topic)
                .setGroupId(consumerGroup)
                .setStartingOffsets(new FromTheStart())
                .setProperty("isolation.level", "read_committed")
                .setProperty("partition.discovery.interval.ms", "60000")
                .setDeserializer(new RawRecordDeserializer())
                .build();
    }
}
