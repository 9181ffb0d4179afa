package dev.freshet.local.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.stack.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads index-changes and dead-letters from where they ended when this was made. */
final class OutcomeFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final OffsetLedger ledger;
    private final Outcomes outcomes = new Outcomes();

    OutcomeFollower(String bootstrapServers) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "default.api.timeout.ms", "20000",
                "fetch.max.wait.ms", "100");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> followed = Stream.of(Topics.INDEX_CHANGES, Topics.DEAD_LETTERS)
                    .flatMap(topic -> partitions(topic).stream())
                    .toList();
            consumer.assign(followed);
            consumer.seekToEnd(followed);
            // Seeking is lazy; asking for the position makes it happen now, before anything is produced.
            followed.forEach(consumer::position);
            this.ledger = new OffsetLedger(ends(Topics.DOCUMENTS));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    OffsetLedger ledger() {
        return ledger;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    /** Reads what has arrived; waits a moment when there is nothing. */
    void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(record);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        JsonNode value = parse(record.value());
        JsonNode origin = value.path("origin");
        int partition = origin.path("partition").asInt(-1);
        long offset = origin.path("offset").asLong(-1);
        if (!ledger.isOurs(partition, offset)) {
            return;
        }
        if (value.path("scope").asText().equals("chunk")) {
            outcomes.rejectedChunk();
            return;
        }
        if (!ledger.settled(partition, offset)) {
            return;
        }
        if (record.topic().equals(Topics.DEAD_LETTERS)) {
            outcomes.deadLetter(value);
        } else {
            outcomes.applied(value);
        }
    }

    private static JsonNode parse(byte[] value) {
        try {
            return JSON.readTree(value == null ? new byte[0] : value);
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (PartitionInfo info : consumer.partitionsFor(topic)) {
            all.add(new TopicPartition(topic, info.partition()));
        }
        return all;
    }

    private List<Long> ends(String topic) {
        Map<Integer, Long> ends = new TreeMap<>();
        consumer.endOffsets(partitions(topic)).forEach((partition, end) -> ends.put(partition.partition(), end));
        return List.copyOf(ends.values());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
