package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.verify.Verification;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.topic.TopicReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** The documents topic, from its beginning to the end that it has when reading begins. */
final class TopicLog implements ChangeLog {
    private final String topic;
    private final Duration patience;
    private final Envelopes envelopes;
    private final Progress progress;
    private final TopicReader reader;
    private final SettledChanges settled;
    private final Map<TopicPartition, Long> starts;
    private Map<TopicPartition, Long> end;

    /**
     * Looks at the topic, and reads nothing yet.
     *
     * @param patience how long to wait for outcomes of the changes that are read
     */
    TopicLog(String bootstrapServers, String topic, Duration patience, Envelopes envelopes, Progress progress)
            throws IOException {
        this.topic = topic;
        this.patience = patience;
        this.envelopes = envelopes;
        this.progress = progress;
        this.reader = new TopicReader(bootstrapServers);
        try {
            this.starts = reader.starts(topic);
            this.end = reader.ends(topic);
            if (end.isEmpty()) {
                throw new StackException("there is no topic " + topic + " at " + bootstrapServers);
            }
            this.settled = new SettledChanges(reader, topic, starts);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public void read(Verification verification) throws IOException {
        long total = records(starts, end);
        reader.read(starts, end, record -> {
            settled.expect(record);
            Optional<DocumentChange> change = envelopes.read(raw(record));
            if (change.isPresent()) {
                verification.change(change.get());
            }
            progress.show(envelopes.records(), total);
        });
        settled.await(patience, verification);
    }

    @Override
    public void readSince(Verification verification) throws IOException {
        Map<TopicPartition, Long> now = reader.ends(topic);
        Envelopes later = envelopes.another();
        reader.read(end, now, record -> {
            Optional<DocumentChange> change = later.read(raw(record));
            if (change.isPresent()) {
                verification.changedSince(change.get());
            }
        });
        end = now;
    }

    private static long records(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        return to.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - from.getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
        List<RawHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RawHeader(header.key(), header.value()));
        }
        SourcePosition position = new SourcePosition(record.topic(), record.partition(), record.offset());
        return new RawRecord(position, record.timestamp(), record.key(), record.value(), headers);
    }

    @Override
    public Verification.Unsettled unsettled() {
        return settled::isUnsettled;
    }

    @Override
    public long countUnsettled() {
        return settled.count();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        starts.forEach((partition, start) -> {
            if (start > 0) {
                notes.add(String.format(
                        Locale.ROOT,
                        "The first %,d records of %s have expired: what only they say is not known.",
                        start,
                        partition));
            }
        });
        settled.note().ifPresent(notes::add);
        return notes;
    }

    @Override
    public void close() {
        reader.close();
    }
}
