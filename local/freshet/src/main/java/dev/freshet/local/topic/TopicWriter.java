package dev.freshet.local.topic;

import dev.freshet.local.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records; when a call returns, the broker has them. */
public final class TopicWriter implements AutoCloseable {
    private static final int LARGEST_REQUEST = 32 << 20;

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    public TopicWriter(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "max.request.size",
                LARGEST_REQUEST,
                "buffer.memory",
                2L * LARGEST_REQUEST,
                "max.block.ms",
                20_000,
                "request.timeout.ms",
                20_000,
                "delivery.timeout.ms",
                60_000);
        try {
            this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    /** Writes all of them, or says why it could not. */
    public List<RecordMetadata> write(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        List<RecordMetadata> written = new ArrayList<>();
        try {
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                written.add(one.get());
            }
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while writing to Kafka", e);
        }
        return written;
    }

    private StackException refused(Throwable cause) {
        return new StackException(
                "Kafka at " + bootstrapServers + " did not take everything: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
