package dev.freshet.local.dlq;

import dev.freshet.core.document.Resolution;
import dev.freshet.core.envelope.ResolutionJson;
import dev.freshet.local.stack.Topics;
import dev.freshet.local.topic.TopicReader;
import dev.freshet.local.topic.TopicWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The dead letters of a cluster, one at a time, with what was done about them. */
final class DeadLetters implements AutoCloseable {
    /** Takes the letters one after the other. */
    interface Sink {
        void take(Letter letter, Resolution.@Nullable Action resolution) throws IOException;
    }

    private final TopicReader reader;
    private final Resolutions resolutions;
    private final Map<TopicPartition, Long> starts;
    private final Map<TopicPartition, Long> ends;

    DeadLetters(String bootstrapServers) throws IOException {
        reader = new TopicReader(bootstrapServers);
        try {
            resolutions = Resolutions.read(reader);
            starts = reader.starts(Topics.DEAD_LETTERS);
            ends = reader.ends(Topics.DEAD_LETTERS);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** All letters that were there when this was opened; of a partition, in the order of the topic. */
    void read(LetterFilter filter, Sink sink) throws IOException {
        reader.read(starts, ends, record -> {
            Optional<Letter> letter = Letter.of(record);
            if (letter.isPresent()) {
                Resolution.Action resolution = resolutions.of(letter.get().handle());
                if (filter.matches(letter.get().content(), resolution)) {
                    sink.take(letter.get(), resolution);
                }
            }
        });
    }

    /** The letter of this name. */
    Optional<Letter> find(Handle handle) throws IOException {
        return reader.next(new TopicPartition(Topics.DEAD_LETTERS, handle.partition()), handle.offset())
                .filter(record -> record.offset() == handle.offset())
                .flatMap(Letter::of);
    }

    Resolution.@Nullable Action resolution(Handle handle) {
        return resolutions.of(handle);
    }

    /** Notes what was done about letters. */
    static void resolve(TopicWriter writer, List<Handle> handles, Resolution resolution) {
        writer.write(handles.stream()
                .map(handle -> new ProducerRecord<>(
                        Topics.DEAD_LETTERS_RESOLVED, handle.bytes(), ResolutionJson.write(resolution)))
                .toList());
    }

    static Resolution now(Resolution.Action action) {
        return new Resolution(action, Instant.now());
    }

    @Override
    public void close() {
        reader.close();
    }
}
