package dev.freshet.local.dlq;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.envelope.DeadLetterJson;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter where it lies.
 *
 * @param writtenAt when it was written to the topic, in milliseconds since 1970
 */
record Letter(Handle handle, long writtenAt, DeadLetter content) {
    /** Empty for a record that is no dead letter. */
    static Optional<Letter> of(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            Handle handle = new Handle(record.partition(), record.offset());
            return Optional.of(new Letter(handle, record.timestamp(), DeadLetterJson.read(record.value())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As tenant/id, as far as known. */
    String document() {
        if (content.documentId() == null && content.tenant() == null) {
            return "-";
        }
        return (content.tenant() == null ? "" : content.tenant()) + "/"
                + (content.documentId() == null ? "" : content.documentId());
    }
}
