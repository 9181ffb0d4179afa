package dev.freshet.local.dlq;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Resolution.Action;
import dev.freshet.local.control.ControlTopic;
import dev.freshet.local.topic.TopicWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Replays letters a few at a time: first the records, then the note that this was done. */
final class Replaying implements AutoCloseable {
    private static final int MOST_RECORDS = 100;
    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_DOCUMENTS = 500;

    private final TopicWriter writer;
    private final ControlTopic control;
    private final @Nullable String topic;
    private final boolean repair;

    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<Handle> handlesOfRecords = new ArrayList<>();
    private final Set<DocumentKey> documents = new LinkedHashSet<>();
    private final List<Handle> handlesOfChunks = new ArrayList<>();
    private long bytes;
    private long replayed;
    private long repaired;
    private long chunks;

    /**
     * Replays nothing yet.
     *
     * @param topic null for the topic from which each record came
     * @param repair whether documents of which a chunk is missing are written again
     */
    Replaying(String bootstrapServers, @Nullable String topic, boolean repair) {
        this.writer = new TopicWriter(bootstrapServers);
        this.control = new ControlTopic(bootstrapServers);
        this.topic = topic;
        this.repair = repair;
    }

    void take(Letter letter) {
        DeadLetter content = letter.content();
        if (content.scope() == DeadLetter.Scope.RECORD) {
            records.add(Replay.record(content, topic));
            handlesOfRecords.add(letter.handle());
            bytes += content.value() == null ? 0 : content.value().length;
            if (records.size() >= MOST_RECORDS || bytes >= MOST_BYTES) {
                writeRecords();
            }
        } else if (repair && content.tenant() != null && content.documentId() != null) {
            documents.add(new DocumentKey(content.tenant(), content.documentId()));
            handlesOfChunks.add(letter.handle());
            if (handlesOfChunks.size() >= MOST_DOCUMENTS) {
                repairDocuments();
            }
        } else {
            chunks++;
        }
    }

    /** Writes what is left. */
    void finish() {
        writeRecords();
        repairDocuments();
    }

    private void writeRecords() {
        if (records.isEmpty()) {
            return;
        }
        writer.write(records);
        // If this process ends here, the records are replayed twice: their versions make the second time harmless.
        DeadLetters.resolve(writer, handlesOfRecords, DeadLetters.now(Action.REPLAYED));
        replayed += records.size();
        records.clear();
        handlesOfRecords.clear();
        bytes = 0;
    }

    private void repairDocuments() {
        if (documents.isEmpty()) {
            return;
        }
        control.repair(documents);
        DeadLetters.resolve(writer, handlesOfChunks, DeadLetters.now(Action.REPAIRED));
        repaired += documents.size();
        documents.clear();
        handlesOfChunks.clear();
    }

    /** Records that were written again. */
    long records() {
        return replayed;
    }

    /** Documents that the job was told to write again. */
    long repaired() {
        return repaired;
    }

    /** Letters of single chunks that were left alone. */
    long chunks() {
        return chunks;
    }

    @Override
    public void close() {
        writer.close();
    }
}
