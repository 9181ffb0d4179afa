package dev.freshet.local.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the data flow. */
public final class Topics {

    /** Changes of documents, keyed by tenant and document. */
    public static final String DOCUMENTS = "documents";
    /** Input that can never be applied. */
    public static final String DEAD_LETTERS = "dead-letters";
    /** What became of every change. */
    public static final String INDEX_CHANGES = "index-changes";

    /** Commands to the running job. */
    public static final String CONTROL = "control";
    /** How far the index follows every partition, newest state only. */
    public static final String INDEX_WATERMARKS = "index-watermarks";
    /** Dead letters that somebody dealt with, by their position. */
    public static final String DEAD_LETTERS_RESOLVED = "dead-letters-resolved";

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Map<String, String> KEPT_FOREVER = Map.of("retention.ms", "-1");

    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    /** A dead letter holds the whole record in base64, so it is a third larger than the largest record. */
    private static final Map<String, String> KEPT_FOREVER_AND_LARGER =
            Map.of("retention.ms", "-1", "max.message.bytes", Integer.toString(32 * 1024 * 1024));

    private Topics() {}

    /** Creates the topics that are missing; false when the broker is not ready for that yet. */
    static boolean ensure(String bootstrapServers) throws InterruptedException {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(config)) {
            return List.of(
                            // The index can be built again from it, so nothing of it expires.
                            topic(DOCUMENTS, 4, KEPT_FOREVER),
                            topic(DEAD_LETTERS, 1, KEPT_FOREVER_AND_LARGER),
                            topic(DEAD_LETTERS_RESOLVED, 1, COMPACTED),
                            topic(CONTROL, 1, KEPT_FOREVER),
                            topic(INDEX_WATERMARKS, 1, COMPACTED),
                            topic(INDEX_CHANGES, 4, Map.of("retention.ms", "604800000")))
                    .stream()
                    .allMatch(topic -> create(admin, topic));
        }
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> config) {
        return new NewTopic(name, partitions, (short) 1).configs(config);
    }

    private static boolean create(Admin admin, NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return e.getCause() instanceof TopicExistsException;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
