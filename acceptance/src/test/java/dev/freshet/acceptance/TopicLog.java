package dev.freshet.acceptance;

import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A whole topic; that of the documents is the oracle's log. */
final class TopicLog {
    private static final String TOPIC = "documents";

    private TopicLog() {}

    static List<RawRecord> read(String bootstrapServers) {
        return read(bootstrapServers, TOPIC);
    }

    static List<RawRecord> read(String bootstrapServers, String topic) {
        Map<String, Object> options = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<RawRecord> log = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    List<RawHeader> headers = new ArrayList<>();
                    record.headers().forEach(header -> headers.add(new RawHeader(header.key(), header.value())));
                    log.add(new RawRecord(
                            new SourcePosition(topic, record.partition(), record.offset()),
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            headers));
                });
            }
            return log;
        }
    }
}
