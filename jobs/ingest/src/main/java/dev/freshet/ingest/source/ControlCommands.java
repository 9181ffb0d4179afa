package dev.freshet.ingest.source;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.ingest.kafka.KafkaConnection;
import java.io.Serial;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control topic as a source. A job without state does not carry out the commands that were meant for others before it. */
public final class ControlCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ControlCommands.class);

    private ControlCommands() {}

    public static KafkaSource<ControlCommand> source(KafkaConnection kafka, String topic, String consumerGroup) {
        return KafkaSource.<ControlCommand>builder()
                .setProperties(kafka.clientProperties())
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setGroupId(consumerGroup)
                .setStartingOffsets(OffsetsInitializer.latest())
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(new CommandDeserializer())
                .build();
    }

    private static final class CommandDeserializer implements KafkaRecordDeserializationSchema<ControlCommand> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ControlCommand> out) {
            if (record.value() == null) {
                return;
            }
            try {
                out.collect(ControlJson.read(record.value()));
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "A command was ignored: position={}-{}@{} reason={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }

        @Override
        public TypeInformation<ControlCommand> getProducedType() {
            return TypeInformation.of(ControlCommand.class);
        }
    }
}
