package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.local.stack.StackException;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
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
    public record Sent(ControlCommand command, TopicPartition at, long offset) {}

    /** Tells the job; returns when the topic has it. */
    public Sent send(Kind kind, @Nullable String tenant) {
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
    public boolean awaitRebuilt(Sent rebuild, Duration deadline, Consumer<Duration> progress) throws IOException {
        AtomicReference<@Nullable Kind> answer = new AtomicReference<>();
        Instant started = clock.instant();
        try (TopicReader reader = new TopicReader(bootstrapServers)) {
            Map<TopicPartition, Long> from = new HashMap<>(reader.ends(Topics.CONTROL));
            from.put(rebuild.at(), rebuild.offset());
            boolean answered = reader.follow(
                    from,
                    record -> answer(record, rebuild.command().id()).ifPresent(answer::set),
                    () -> {
                        progress.accept(Duration.between(started, clock.instant()));
                        return answer.get() != null;
                    },
                    deadline);
            if (answered && answer.get() != Kind.REBUILT) {
                throw new StackException("the job gave the rebuild up. See freshet logs taskmanager");
            }
            return answered;
        }
    }

    /** What else the command of this id is said to be: rebuilt, or given up. */
    static Optional<Kind> answer(ConsumerRecord<byte[], byte[]> record, String id) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            ControlCommand command = ControlJson.read(record.value());
            return Optional.of(command)
                    .filter(said -> said.id().equals(id))
                    .map(ControlCommand::kind)
                    .filter(kind -> kind != Kind.REBUILD);
        } catch (IllegalArgumentException e) {
            // Somebody else's mistake: the job ignores it too.
            return Optional.empty();
        }
    }
}
