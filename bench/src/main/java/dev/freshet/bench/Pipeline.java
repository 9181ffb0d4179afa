package dev.freshet.bench;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ReceiptJson;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The ingest pipeline of a running stack, from the documents topic to the acknowledgement of the index. */
final class Pipeline implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LARGEST_REQUEST = 32 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> receipts;

    Pipeline(LocalStack stack) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafkaBootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        LARGEST_REQUEST),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        receipts = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafkaBootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "bench-" + UUID.randomUUID(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        receipts.subscribe(List.of(Topics.INDEX_CHANGES));
    }

    /**
     * What was embedded for a number of changes.
     *
     * @param chunks with texts that were not known
     */
    record Embedded(long chunks, long tokens) {}

    /** The document as a tenant's, new to the index. */
    static ChangeEnvelope change(String tenant, Corpus.Document document) {
        return ChangeEnvelope.upsert(
                        new DocumentKey(tenant, document.id()),
                        new ChangeOrder(0, 1),
                        Instant.EPOCH,
                        document.contentType(),
                        document.content())
                .withTitle(document.title());
    }

    /**
     * Sends the documents as a new tenant's, and returns when the index has acknowledged all of them.
     *
     * @return the tokens that were embedded
     */
    long ingest(String tenant, List<Corpus.Document> documents) {
        return follow(
                        tenant,
                        documents.stream()
                                .map(document -> change(tenant, document))
                                .toList())
                .tokens();
    }

    /** Sends changes of one tenant's documents, and returns when the index has acknowledged all of them. */
    Embedded follow(String tenant, List<ChangeEnvelope> changes) {
        for (ChangeEnvelope change : changes) {
            var unused =
                    producer.send(new ProducerRecord<>(Topics.DOCUMENTS, change.recordKey(), change.recordValue()));
        }
        producer.flush();
        return awaitReceipts(tenant, changes.size());
    }

    /**
     * Sends the documents again and again, each time as new ones, until the end.
     *
     * @return how many were sent
     */
    int send(String tenant, List<Corpus.Document> documents, double perSecond, AtomicBoolean end) {
        long start = System.nanoTime();
        int sent = 0;
        while (!end.get()) {
            Corpus.Document document = documents.get(sent % documents.size());
            ChangeEnvelope change = change(tenant + "-" + sent / documents.size(), document);
            var unused =
                    producer.send(new ProducerRecord<>(Topics.DOCUMENTS, change.recordKey(), change.recordValue()));
            sent++;
            LockSupport.parkNanos(start + Math.round(sent / perSecond * 1e9) - System.nanoTime());
        }
        return sent;
    }

    /**
     * Sends one change, and returns when the index has acknowledged it.
     *
     * @return the tokens that were embedded
     */
    long change(ChangeEnvelope change) {
        return follow(change.key().tenant(), List.of(change)).tokens();
    }

    private Embedded awaitReceipts(String tenant, int documents) {
        long chunks = 0;
        long tokens = 0;
        int open = documents;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (open > 0) {
            for (ConsumerRecord<byte[], byte[]> record : receipts.poll(POLL)) {
                ChangeReceipt receipt = ReceiptJson.read(record.value());
                if (receipt.tenant().equals(tenant)) {
                    chunks += receipt.chunksEmbedded();
                    tokens += receipt.tokensEmbedded();
                    open--;
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%d of %d documents have no receipt, and none came for %d s: see the logs of the stack"
                                .formatted(open, documents, PATIENCE.toSeconds()));
            }
        }
        return new Embedded(chunks, tokens);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        receipts.close();
    }
}
