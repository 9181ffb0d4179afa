package dev.freshet.local.ingest;

import dev.freshet.local.stack.StackException;
import dev.freshet.local.stack.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes changes to the documents topic and enters where they went into the ledger. */
final class ChangeProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final OffsetLedger ledger;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    ChangeProducer(String bootstrapServers, OffsetLedger ledger) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                10,
                "batch.size",
                256 * 1024,
                "max.request.size",
                16 * 1024 * 1024,
                "max.block.ms",
                30_000,
                "delivery.timeout.ms",
                60_000,
                "request.timeout.ms",
                20_000);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.ledger = ledger;
    }

    /** Blocks while the producer's buffer is full; returns the size of the value in bytes. */
    int send(Change change) {
        check();
        byte[] value = change.value().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(Topics.DOCUMENTS, utf8(change.key()), value);
        var unused = producer.send(record, (metadata, error) -> {
            if (error == null) {
                ledger.produced(metadata.partition(), metadata.offset());
            } else {
                failure.compareAndSet(null, named(change, error));
            }
        });
        return value.length;
    }

    private static byte @Nullable [] utf8(@Nullable String key) {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns when the broker has everything. */
    void flush() {
        producer.flush();
        check();
    }

    private void check() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new StackException("the documents topic did not take everything: " + failed.getMessage(), failed);
        }
    }

    private static Exception named(Change change, Exception error) {
        return error instanceof RecordTooLargeException
                ? new IllegalArgumentException("document " + change.key() + " is larger than a message may be", error)
                : error;
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(10));
    }
}
