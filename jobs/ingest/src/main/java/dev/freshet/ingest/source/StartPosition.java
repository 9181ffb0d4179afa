package dev.freshet.ingest.source;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without state begins to read its topics. The default is their start: what the job would remember is there
 * and nowhere else, and what is in the index already is fenced.
 *
 * <p>Wherever it begins, offsets that are gone are never skipped: in the gap there may be deletes. Partitions that are
 * found later are always read from their start.
 */
@SuppressWarnings("deprecation") // Kafka deprecated the enum that the connector still takes
public final class StartPosition implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;
    private static final Pattern OFFSET = Pattern.compile("([A-Za-z0-9._-]{1,249}):([0-9]{1,9}):([0-9]{1,18})");
    private static final String TIMESTAMP = "timestamp:";
    private static final String OFFSETS = "offsets:";

    private final OffsetsInitializer initializer;
    private final Map<TopicPartition, Long> named;

    private StartPosition(OffsetsInitializer initializer, Map<TopicPartition, Long> named) {
        this.initializer = initializer;
        this.named = named;
    }

    /** The start of every partition. */
    public static StartPosition earliest() {
        return new StartPosition(OffsetsInitializer.earliest(), Map.of());
    }

    /**
     * Reads {@code earliest}, {@code latest}, {@code timestamp:2026-01-31T12:00:00Z} or {@code offsets:topic:0:42,topic:1:17}; of the
     * last, partitions that are not named begin at their start.
     *
     * @throws IllegalArgumentException saying in words what is wrong
     */
    public static StartPosition parse(String text) {
        if (text.equals("earliest")) {
            return earliest();
        }
        if (text.equals("latest")) {
            return new StartPosition(OffsetsInitializer.latest(), Map.of());
        }
        if (text.startsWith(TIMESTAMP)) {
            return new StartPosition(OffsetsInitializer.timestamp(time(text.substring(TIMESTAMP.length()))), Map.of());
        }
        if (text.startsWith(OFFSETS)) {
            return new StartPosition(OffsetsInitializer.earliest(), offsets(text.substring(OFFSETS.length())));
        }
        throw new IllegalArgumentException(
                "'" + text
                        + "' is no start; write earliest, latest, timestamp:2026-01-31T12:00:00Z or offsets:topic:partition:offset,...");
    }

    private static long time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time as in 2026-01-31T12:00:00Z", e);
        }
    }

    private static Map<TopicPartition, Long> offsets(String text) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (String one : text.split(",", -1)) {
            Matcher match = OFFSET.matcher(one);
            if (!match.matches()) {
                throw new IllegalArgumentException("'" + one + "' is not written as topic:partition:offset");
            }
            TopicPartition partition = new TopicPartition(match.group(1), Integer.parseInt(match.group(2)));
            if (offsets.put(partition, Long.parseLong(match.group(3))) != null) {
                throw new IllegalArgumentException("partition " + partition + " has two offsets");
            }
        }
        return offsets;
    }

    /** The topics that are named, sorted. */
    public Set<String> topics() {
        return named.keySet().stream().map(TopicPartition::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        if (!partitions.containsAll(named.keySet())) {
            throw new IllegalArgumentException("--start names partitions that do not exist: "
                    + named.keySet().stream()
                            .filter(partition -> !partitions.contains(partition))
                            .map(TopicPartition::toString)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        Map<TopicPartition, Long> offsets = new HashMap<>(initializer.getPartitionOffsets(partitions, retriever));
        offsets.putAll(named);
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
