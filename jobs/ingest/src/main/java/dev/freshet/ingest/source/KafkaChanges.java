package dev.freshet.ingest.source;

import dev.freshet.core.document.RawRecord;
import dev.freshet.ingest.kafka.KafkaConnection;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;

/** Topics of changes as one source: committed transactions only, and no gap is passed over. */
public final class KafkaChanges {
    private KafkaChanges() {}

    /**
     * One source of all topics.
     *
     * @param start where a job without state begins; a job with state goes on where it was
     */
    public static Source<RawRecord, ?, ?> source(
            KafkaConnection kafka, List<String> topics, StartPosition start, String consumerGroup) {
        Properties client = kafka.clientProperties();
        KafkaSource<RawRecord> source = KafkaSource.<RawRecord>builder()
                .setProperties(client)
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topics)
                .setGroupId(consumerGroup)
                .setStartingOffsets(start)
                .setProperty("isolation.level", "read_committed")
                .setProperty("partition.discovery.interval.ms", "60000")
                .setDeserializer(new RawRecordDeserializer())
                .build();
        return new GaplessSource<>(source, new BrokerOffsets(kafka.bootstrapServers(), client));
    }
}
