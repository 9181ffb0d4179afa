package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.local.stack.Topics;
import dev.freshet.local.topic.TopicReader;
import dev.freshet.local.topic.TopicWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes commands for the running job. */
public final class ControlTopic {
    /** Documents in one command. */
    private static final int MOST_DOCUMENTS = 500;

    private final String bootstrapServers;
    private final InstantSource clock;

    public ControlTopic(String bootstrapServers) {
        this(bootstrapServers, InstantSource.system());
    }

    ControlTopic(String bootstrapServers, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.clock = clock;
    }

    /**
     * A command in the topic.
     *
     * @param at the partition where it lies
     */
    record Sent(ControlCommand command, TopicPartition at, long offset) {}

    Sent send(Kind kind, @Nullable String tenant) {
        ControlCommand command = command(kind, tenant, List.of(), clock.instant());
        RecordMetadata written = write(List.of(command)).getFirst();
        return new Sent(command, new TopicPartition(written.topic(), written.partition()), written.offset());
    }

    /** Lets the job write these documents again from what it knows of them. */
    public void repair(Collection<DocumentKey> documents) {
        List<String> paths = documents.stream().map(DocumentKey::path).toList();
        List<ControlCommand> commands = new ArrayList<>();
        for (int from = 0; from < paths.size(); from += MOST_DOCUMENTS) {
            List<String> some = paths.subList(from, Math.min(paths.size(), from + MOST_DOCUMENTS));
            commands.add(command(Kind.REPAIR, null, List.copyOf(some), clock.instant()));
        }
        write(commands);
    }

    static ControlCommand command(Kind kind, @Nullable String tenant, List<String> documents, Instant now) {
        String id = kind.name().toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID();
        return new ControlCommand(kind, id, now, tenant, documents);
    }

    private List<RecordMetadata> write(List<ControlCommand> commands) {
        try (TopicWriter writer = new TopicWriter(bootstrapServers)) {
            return writer.write(commands.stream()
                    .map(command -> new ProducerRecord<byte[], byte[]>(Topics.CONTROL, ControlJson.write(command)))
                    .toList());
        }
    }

    /**
     * Waits until the job has said that it carried out a rebuild.
     *
     * @param progress is told how long that takes so far
     * @return false at the deadline
     */
    boolean awaitRebuilt(Sent rebuild, Duration deadline, Consumer<Duration> progress) throws IOException {
        AtomicBoolean rebuilt = new AtomicBoolean();
        Instant started = clock.instant();
        try (TopicReader reader = new TopicReader(bootstrapServers)) {
            Map<TopicPartition, Long> from = new HashMap<>(reader.ends(Topics.CONTROL));
            from.put(rebuild.at(), rebuild.offset());
            TopicReader.Sink sink = record -> {
                if (answers(record, rebuild.command().id())) {
                    rebuilt.set(true);
                }
            };
            return reader.follow(
                    from,
                    sink,
                    () -> {
                        progress.accept(Duration.between(started, clock.instant()));
                        return rebuilt.get();
                    },
                    deadline);
        }
    }

    private static boolean answers(ConsumerRecord<byte[], byte[]> record, String id) {
        if (record.value() == null) {
            return false;
        }
        try {
            ControlCommand command = ControlJson.read(record.value());
            return command.kind() == Kind.REBUILT && command.id().equals(id);
        } catch (IllegalArgumentException e) {
            // Somebody else's mistake: the job ignores it too.
            return false;
        }
    }
}
