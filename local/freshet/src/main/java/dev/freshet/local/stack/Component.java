package dev.freshet.local.stack;

import java.util.Set;

/** A process of the stack, in the order in which they are started. */
public enum Component {
    OPENSEARCH("opensearch", "OpenSearch"),
    KAFKA("kafka", "Kafka"),
    JOBMANAGER("jobmanager", "Flink JobManager"),
    TASKMANAGER("taskmanager", "Flink TaskManager"),
    API("api", "Query API");

    private final String id;
    private final String title;

    Component(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** Name in commands and of its files. */
    public String id() {
        return id;
    }

    /** Name for people. */
    public String title() {
        return title;
    }

    /** What must be healthy before this one is started; everything else starts at once. */
    Set<Component> after() {
        return this == API ? Set.of(OPENSEARCH, KAFKA) : Set.of();
    }
}
