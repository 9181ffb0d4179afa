package dev.freshet.ingest.source;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.ingest.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reading is paused when the last pause or resume in the control topic is a pause. The topic is read from its beginning, so that the answer
 * is the same after a restart, and to its end for every answer; it must have one partition, as commands have no order otherwise.
 */
public final class KafkaPauseSignal implements PauseSignal {
    /** For a single call, and for reading what is new; the topic holds commands of people. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean closed;
    private List<TopicPartition> partitions = List.of();
    private boolean paused;

    KafkaPauseSignal(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
        this.consumers = consumers;
        this.topic = topic;
    }

    public static PauseSignal.Factory of(KafkaConnection kafka, String topic) {
        return () -> new KafkaPauseSignal(() -> connect(kafka), topic);
    }

    private static Consumer<byte[], byte[]> connect(KafkaConnection kafka) {
        Properties config = kafka.clientProperties();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Kafka finds its classes through the thread, which is one of Flink's.
        try (TemporaryClassLoaderContext ignored =
                TemporaryClassLoaderContext.of(KafkaPauseSignal.class.getClassLoader())) {
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
    }

    @Override
    public synchronized boolean paused() throws TimeoutException {
        Consumer<byte[], byte[]> open = open();
        Map<TopicPartition, Long> ends = open.endOffsets(partitions, DEADLINE);
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!reached(open, ends)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the topic '%s' could not be read to its end in time".formatted(topic));
            }
            open.poll(POLL).forEach(this::read);
        }
        return paused;
    }

    private Consumer<byte[], byte[]> open() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = consumers.get();
            consumer = open;
        }
        if (partitions.isEmpty()) {
            List<TopicPartition> found = open.partitionsFor(topic, DEADLINE).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("there is no topic '%s'".formatted(topic));
            }
            open.assign(found);
            open.seekToBeginning(found);
            partitions = found;
        }
        return open;
    }

    private static boolean reached(Consumer<byte[], byte[]> open, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> open.position(end.getKey(), DEADLINE) >= end.getValue());
    }

    private void read(ConsumerRecord<byte[], byte[]> command) {
        if (command.value() == null) {
            return;
        }
        try {
            Kind kind = ControlJson.read(command.value()).kind();
            if (kind == Kind.PAUSE || kind == Kind.RESUME) {
                paused = kind == Kind.PAUSE;
            }
        } catch (IllegalArgumentException e) {
            // The source of the control topic tells of it.
        }
    }

    @Override
    public void close() {
        closed = true;
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            return;
        }
        // An answer under way ends at once.
        open.wakeup();
        synchronized (this) {
            open.close(CloseOptions.timeout(DEADLINE));
            consumer = null;
        }
    }
}
