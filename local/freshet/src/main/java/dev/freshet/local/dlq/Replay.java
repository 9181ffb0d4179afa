package dev.freshet.local.dlq;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawHeader;
import dev.freshet.local.stack.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Turns a dead letter back into the record that it was. */
final class Replay {
    private static final String VERSION = "version";

    private Replay() {}

    /**
     * The record with its key, value and headers as they came.
     *
     * <p>Without a version, its offset was its place in the order of changes. It gets that offset as a header, so that it
     * does not overtake what came after it; a version in the value counts more than the header.
     *
     * @param topic null for the topic from which it came
     */
    static ProducerRecord<byte[], byte[]> record(DeadLetter letter, @Nullable String topic) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic == null ? topicOf(letter) : topic, letter.key(), letter.value());
        boolean versioned = false;
        for (RawHeader header : letter.headers()) {
            record.headers().add(header.name(), header.value());
            versioned |= header.name().equals(VERSION);
        }
        if (!versioned) {
            String offset = Long.toString(letter.origin().offset());
            record.headers().add(VERSION, offset.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    /** What came from a file goes to the documents topic: its path is no name of a topic. */
    private static String topicOf(DeadLetter letter) {
        String origin = letter.origin().topic();
        return isTopic(origin) ? origin : Topics.DOCUMENTS;
    }

    static boolean isTopic(String name) {
        return name.matches("[A-Za-z0-9._-]{1,249}");
    }
}
