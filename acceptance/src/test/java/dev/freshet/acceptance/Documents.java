package dev.freshet.acceptance;

import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes to the documents topic, and remembers what it wrote as a log for the oracle. */
final class Documents implements AutoCloseable {
    private static final String TOPIC = "documents";
    private static final int LARGEST_REQUEST = 32 << 20;

    private record Sent(ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> position) {}

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<RawRecord> earlier = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();

    Documents(String bootstrapServers) {
        this(bootstrapServers, List.of());
    }

    /** @param before what the log begins with: read from files, or sent in an earlier life of the broker */
    Documents(String bootstrapServers, List<RawRecord> before) {
        earlier.addAll(before);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG, 5,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(ChangeEnvelope change) {
        send(change.recordKey(), change.recordValue());
    }

    void send(byte @Nullable [] key, byte @Nullable [] value) {
        send(key, value, Map.of());
    }

    void send(byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        sent.add(new Sent(record, producer.send(record)));
    }

    /** Writes to another topic, at once; it is no part of the log. */
    void sendTo(String topic, byte[] key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get(60, TimeUnit.SECONDS);
    }

    /** All records so far, acknowledged by the broker, in the order of their partitions. */
    List<RawRecord> log() throws Exception {
        producer.flush();
        List<RawRecord> log = new ArrayList<>(earlier);
        for (Sent one : sent) {
            RecordMetadata metadata = one.position().get(60, TimeUnit.SECONDS);
            log.add(new RawRecord(
                    new SourcePosition(TOPIC, metadata.partition(), metadata.offset()),
                    metadata.timestamp(),
                    one.record().key(),
                    one.record().value(),
                    headers(one.record())));
        }
        return log;
    }

    private static List<RawHeader> headers(ProducerRecord<byte[], byte[]> record) {
        List<RawHeader> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new RawHeader(header.key(), header.value())));
        return headers;
    }

    @Override
    public void close() {
        producer.close();
    }
}
