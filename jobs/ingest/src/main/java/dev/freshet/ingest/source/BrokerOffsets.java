package dev.freshet.ingest.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Asks the brokers, with a consumer of its own that reads nothing. */
@SuppressWarnings("serial") // Properties holds strings only
final class BrokerOffsets implements PartitionBounds {
    private static final long serialVersionUID = 1L;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final Properties client;

    BrokerOffsets(String bootstrapServers, Properties client) {
        this.bootstrapServers = bootstrapServers;
        this.client = client;
    }

    @Override
    public Map<TopicPartition, Range> of(Set<TopicPartition> partitions) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> earliest = consumer.beginningOffsets(partitions, DEADLINE);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions, DEADLINE);
            Map<TopicPartition, Range> ranges = new HashMap<>();
            earliest.forEach((partition, offset) ->
                    ranges.put(partition, new Range(offset, end.getOrDefault(partition, offset))));
            return ranges;
        }
    }
}
