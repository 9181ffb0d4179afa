package dev.freshet.ingest.publish;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes values of one type to one topic. */
final class TopicRecord<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    /** A function that travels with the job. */
    interface Bytes<T> extends Function<T, byte @Nullable []>, Serializable {}

    private final String topic;
    private final Bytes<T> key;
    private final Bytes<T> value;

    TopicRecord(String topic, Bytes<T> key, Bytes<T> value) {
        this.topic = topic;
        this.key = key;
        this.value = value;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, key.apply(element), value.apply(element));
    }
}
