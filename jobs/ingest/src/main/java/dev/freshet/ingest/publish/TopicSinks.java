package dev.freshet.ingest.publish;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.core.envelope.DeadLetterJson;
import dev.freshet.core.envelope.ReceiptJson;
import dev.freshet.core.envelope.WatermarkJson;
import dev.freshet.ingest.kafka.KafkaConnection;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * The topics that tell what became of every record and of every rebuild. At least once: a reader sees a receipt at once, not at
 * the next checkpoint, and after a restart perhaps twice.
 */
public final class TopicSinks {
    private static final String LINGER_MS = "5";
    /** A dead letter holds a record in base64, which is a third larger. */
    private static final int LARGEST_REQUEST = 32 << 20;

    private TopicSinks() {}

    public static KafkaSink<ChangeReceipt> receipts(KafkaConnection kafka, String topic) {
        return sink(kafka, new TopicRecord<>(topic, TopicSinks::keyOf, ReceiptJson::write));
    }

    public static KafkaSink<DeadLetter> deadLetters(KafkaConnection kafka, String topic) {
        return sink(kafka, new TopicRecord<>(topic, DeadLetter::key, DeadLetterJson::write));
    }

    public static KafkaSink<IndexWatermark> watermarks(KafkaConnection kafka, String topic) {
        return sink(kafka, new TopicRecord<>(topic, TopicSinks::keyOf, WatermarkJson::write));
    }

    private static byte[] keyOf(IndexWatermark watermark) {
        return watermark.key().getBytes(StandardCharsets.UTF_8);
    }

    public static KafkaSink<ControlCommand> commands(KafkaConnection kafka, String topic) {
        return sink(kafka, new TopicRecord<>(topic, TopicSinks::keyOf, ControlJson::write));
    }

    private static byte[] keyOf(ControlCommand command) {
        return command.id().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] keyOf(ChangeReceipt receipt) {
        return receipt.key().path().getBytes(StandardCharsets.UTF_8);
    }

    private static <T> KafkaSink<T> sink(KafkaConnection kafka, KafkaRecordSerializationSchema<T> records) {
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(kafka.clientProperties())
                .setBootstrapServers(kafka.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(records)
                .setProperty("linger.ms", LINGER_MS)
                .setProperty("max.request.size", Integer.toString(LARGEST_REQUEST))
                .setProperty("buffer.memory", Integer.toString(2 * LARGEST_REQUEST))
                .setProperty("compression.type", "lz4")
                .build();
    }
}
