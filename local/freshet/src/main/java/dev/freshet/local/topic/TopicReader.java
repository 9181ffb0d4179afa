package dev.freshet.local.topic;

import dev.freshet.local.stack.StackException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads committed records of topics, a few at a time. For one thread. */
public final class TopicReader implements AutoCloseable {
    /** Takes the records one after the other. */
    public interface Sink {
        void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FETCHED_BYTES = Integer.toString(8 << 20);

    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public TopicReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "allow.auto.create.topics", "false",
                "auto.offset.reset", "none",
                "default.api.timeout.ms", "20000",
                "fetch.max.wait.ms", "100",
                "fetch.max.bytes", FETCHED_BYTES,
                "max.partition.fetch.bytes", FETCHED_BYTES);
        this.consumer =
                answered(() -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** The first offset of each partition; empty when there is no such topic. */
    public Map<TopicPartition, Long> starts(String topic) {
        return answered(() -> consumer.beginningOffsets(partitions(topic)));
    }

    /** The offset after the last committed record of each partition; empty when there is no such topic. */
    public Map<TopicPartition, Long> ends(String topic) {
        return answered(() -> consumer.endOffsets(partitions(topic)));
    }

    private List<TopicPartition> partitions(String topic) {
        @Nullable List<PartitionInfo> found = consumer.partitionsFor(topic);
        return found == null
                ? List.of()
                : found.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
    }

    /** Reads from one offset of each partition up to, not including, another. */
    public void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, Sink sink) throws IOException {
        assign(from);
        Set<TopicPartition> open = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        open.addAll(from.keySet());
        Map<TopicPartition, Long> reached = new HashMap<>();
        long moved = System.nanoTime();
        while (true) {
            boolean progress = false;
            for (TopicPartition partition : Set.copyOf(open)) {
                long position = answered(() -> consumer.position(partition));
                Long before = reached.put(partition, position);
                progress |= before == null || before != position;
                if (position >= to.getOrDefault(partition, 0L)) {
                    open.remove(partition);
                    consumer.pause(Set.of(partition));
                }
            }
            if (open.isEmpty()) {
                return;
            }
            moved = progress ? System.nanoTime() : moved;
            if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new StackException("Kafka at %s sends nothing more of %s, which has more records"
                        .formatted(bootstrapServers, open));
            }
            for (ConsumerRecord<byte[], byte[]> record : answered(() -> consumer.poll(POLL))) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < to.getOrDefault(partition, 0L)) {
                    sink.take(record);
                }
            }
        }
    }

    /**
     * Reads from these offsets on, and what comes, until it is enough.
     *
     * @return whether it was enough before the deadline
     */
    public boolean follow(Map<TopicPartition, Long> from, Sink sink, BooleanSupplier enough, Duration deadline)
            throws IOException {
        assign(from);
        long until = System.nanoTime() + deadline.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            for (ConsumerRecord<byte[], byte[]> record : answered(() -> consumer.poll(POLL))) {
                sink.take(record);
            }
        }
        return true;
    }

    /** The record at an offset, or the next one after it. */
    public Optional<ConsumerRecord<byte[], byte[]>> next(TopicPartition partition, long offset) throws IOException {
        long start = starts(partition.topic()).getOrDefault(partition, 0L);
        long end = ends(partition.topic()).getOrDefault(partition, 0L);
        if (offset < start || offset >= end) {
            return Optional.empty();
        }
        assign(Map.of(partition, offset));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (answered(() -> consumer.position(partition)) < end && System.nanoTime() - until < 0) {
            for (ConsumerRecord<byte[], byte[]> record : answered(() -> consumer.poll(POLL))) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    private void assign(Map<TopicPartition, Long> from) {
        consumer.assign(from.keySet());
        consumer.resume(from.keySet());
        from.forEach(consumer::seek);
    }

    private <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (OffsetOutOfRangeException e) {
            throw new StackException("records expired while they were read: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new StackException("Kafka at " + bootstrapServers + " does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
