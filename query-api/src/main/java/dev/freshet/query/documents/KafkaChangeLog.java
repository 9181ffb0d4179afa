package dev.freshet.query.documents;

import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents topic in Kafka: idempotent, acknowledged by all in-sync replicas. */
public final class KafkaChangeLog implements ChangeLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaChangeLog.class);
    private static final int LARGEST_REQUEST = 16 << 20;
    private static final Duration METADATA = Duration.ofSeconds(3);
    private static final Duration REQUEST = Duration.ofSeconds(3);
    private static final Duration DELIVERY = Duration.ofSeconds(6);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    private KafkaChangeLog(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Opens a producer; Kafka need not be there yet. */
    public static KafkaChangeLog open(String bootstrapServers, String topic) {
        return new KafkaChangeLog(
                new KafkaProducer<>(settings(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer()),
                topic);
    }

    @Override
    public SourcePosition append(ChangeEnvelope change) {
        try {
            RecordMetadata written = producer.send(
                            new ProducerRecord<>(topic, change.recordKey(), change.recordValue()))
                    .get(DELIVERY.plus(METADATA).toMillis(), TimeUnit.MILLISECONDS);
            return new SourcePosition(written.topic(), written.partition(), written.offset());
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw refused(e);
        } catch (InterruptException | InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.unavailable("stopping", "This server is stopping; try another."), e);
        }
    }

    private static ProblemException refused(Throwable cause) {
        if (cause instanceof RecordTooLargeException) {
            return new ProblemException(Problem.tooLarge(LARGEST_REQUEST));
        }
        LOG.warn("Change not written: {}", cause.toString());
        return new ProblemException(
                Problem.unavailable(
                        "stream-unavailable",
                        "The stream of document changes did not take the change in time. It may arrive nevertheless; sending it again is safe."),
                cause);
    }

    private static Properties settings(String bootstrapServers) {
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "freshet-query-api");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Somebody waits for each change alone.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, METADATA.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        return settings;
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
