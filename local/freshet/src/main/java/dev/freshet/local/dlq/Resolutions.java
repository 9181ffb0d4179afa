package dev.freshet.local.dlq;

import dev.freshet.core.document.Resolution;
import dev.freshet.core.envelope.ResolutionJson;
import dev.freshet.local.stack.Topics;
import dev.freshet.local.topic.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which dead letters somebody dealt with: a byte for each. */
final class Resolutions {
    private static final List<Resolution.Action> ACTIONS = List.of(Resolution.Action.values());

    /** The actions of the letters of one partition, from its first letter on. */
    private static final class Actions {
        private byte[] byOffset = new byte[64];
        private final long base;

        Actions(long base) {
            this.base = base;
        }

        void set(long offset, byte action) {
            long index = offset - base;
            if (index < 0 || index >= Integer.MAX_VALUE - 8) {
                return;
            }
            if (index >= byOffset.length) {
                long doubled = Math.min(Integer.MAX_VALUE - 8, Math.max(index + 1, 2L * byOffset.length));
                byOffset = Arrays.copyOf(byOffset, (int) doubled);
            }
            byOffset[(int) index] = action;
        }

        byte get(long offset) {
            long index = offset - base;
            return index < 0 || index >= byOffset.length ? 0 : byOffset[(int) index];
        }
    }

    private final Map<Integer, Actions> partitions = new HashMap<>();

    /** Reads all resolutions. */
    static Resolutions read(TopicReader reader) throws IOException {
        Resolutions resolutions = new Resolutions();
        Map<Integer, Long> ends = new HashMap<>();
        reader.starts(Topics.DEAD_LETTERS)
                .forEach((partition, start) -> resolutions.partitions.put(partition.partition(), new Actions(start)));
        reader.ends(Topics.DEAD_LETTERS).forEach((partition, end) -> ends.put(partition.partition(), end));
        reader.read(
                reader.starts(Topics.DEAD_LETTERS_RESOLVED),
                reader.ends(Topics.DEAD_LETTERS_RESOLVED),
                record -> resolutions.take(record, ends));
        return resolutions;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Map<Integer, Long> ends) {
        Optional<Handle> handle = record.key() == null
                ? Optional.empty()
                : Handle.parse(new String(record.key(), StandardCharsets.UTF_8));
        // A name that no letter has must not take up memory.
        handle.filter(found -> found.offset() < ends.getOrDefault(found.partition(), 0L))
                .ifPresent(found -> set(found, action(record.value())));
    }

    void set(Handle handle, Resolution.@Nullable Action action) {
        byte stored = (byte) (action == null ? 0 : ACTIONS.indexOf(action) + 1);
        partitions
                .computeIfAbsent(handle.partition(), partition -> new Actions(0))
                .set(handle.offset(), stored);
    }

    /** A record without value takes a resolution back. */
    private static Resolution.@Nullable Action action(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            return ResolutionJson.read(value).action();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What was done about a letter; null when nothing. */
    Resolution.@Nullable Action of(Handle handle) {
        Actions actions = partitions.get(handle.partition());
        byte stored = actions == null ? 0 : actions.get(handle.offset());
        return stored == 0 ? null : ACTIONS.get(stored - 1);
    }
}
