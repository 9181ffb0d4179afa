package dev.freshet.ingest.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where Kafka is, and what its clients need to get in.
 *
 * @param properties of every client of the job, such as {@code security.protocol}; may hold secrets
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties) implements Serializable {
    /** The job's promises depend on these; it sets them itself. */
    private static final Set<String> RESERVED = Set.of(
            "bootstrap.servers",
            "group.id",
            "isolation.level",
            "auto.offset.reset",
            "enable.auto.commit",
            "commit.offsets.on.checkpoint",
            "partition.discovery.interval.ms",
            "key.deserializer",
            "value.deserializer",
            "key.serializer",
            "value.serializer",
            "acks",
            "enable.idempotence",
            "transactional.id");

    public KafkaConnection {
        properties = Map.copyOf(properties);
    }

    /** What is wrong with properties written as {@code key=value}, in words that never hold a value. */
    public static List<String> problems(List<String> properties) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < properties.size(); i++) {
            int equals = properties.get(i).indexOf('=');
            if (equals < 1) {
                problems.add("--kafka-property number %d is not written as key=value".formatted(i + 1));
            } else if (RESERVED.contains(properties.get(i).substring(0, equals))) {
                problems.add(
                        "--kafka-property " + properties.get(i).substring(0, equals) + " is set by the job itself");
            }
        }
        return problems;
    }

    /** Reads properties that have no {@link #problems}; of a key that is named twice, the last value counts. */
    public static KafkaConnection of(String bootstrapServers, List<String> properties) {
        Map<String, String> byKey = new TreeMap<>();
        for (String property : properties) {
            int equals = property.indexOf('=');
            byKey.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return new KafkaConnection(bootstrapServers, byKey);
    }

    /** The properties as Kafka's clients take them, without the address. */
    public Properties clientProperties() {
        Properties all = new Properties();
        all.putAll(properties);
        return all;
    }

    /** Names, no values: those may be secrets. */
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + ", properties=" + properties.keySet() + "]";
    }
}
