package dev.freshet.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.flink.FlinkRest;
import dev.freshet.local.http.JsonHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Whether a running process can do its work. */
@FunctionalInterface
interface Readiness {

    Duration DEADLINE = Duration.ofSeconds(2);

    boolean ready() throws IOException, InterruptedException;

    /** The process was started again: what was known about the old one does not count any more. */
    default void restarted() {}

    static Readiness of(Component component, Ports ports) {
        return switch (component) {
            case OPENSEARCH -> openSearch(new JsonHttp(loopback(ports.openSearch())));
            case KAFKA -> new KafkaReadiness(ports.kafka());
            case JOBMANAGER -> new FlinkRest(loopback(ports.flink()))::answers;
            case TASKMANAGER -> new TaskManagerReadiness(new FlinkRest(loopback(ports.flink())));
            case API -> api(new JsonHttp(loopback(ports.api())));
        };
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static Readiness openSearch(JsonHttp http) {
        return () -> {
            JsonNode health = http.get("/_cluster/health", DEADLINE).body();
            String status = health.path("status").asText();
            return status.equals("green") || status.equals("yellow");
        };
    }

    private static Readiness api(JsonHttp http) {
        return () -> http.get("/readyz", DEADLINE).ok();
    }

    /** A registered TaskManager; after a restart not the dead one, which stays registered for a moment. */
    final class TaskManagerReadiness implements Readiness {
        private final FlinkRest flink;
        private List<String> known = List.of();
        private List<String> dead = List.of();

        TaskManagerReadiness(FlinkRest flink) {
            this.flink = flink;
        }

        @Override
        public boolean ready() throws IOException {
            known = flink.taskManagers();
            return known.stream().anyMatch(address -> !dead.contains(address));
        }

        @Override
        public void restarted() {
            dead = known;
        }
    }

    /** A broker that has the topics; once they exist, that it accepts connections is enough. */
    final class KafkaReadiness implements Readiness {
        private final int port;
        private boolean topicsExist;

        KafkaReadiness(int port) {
            this.port = port;
        }

        @Override
        public boolean ready() throws IOException, InterruptedException {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) DEADLINE.toMillis());
            }
            topicsExist = topicsExist || Topics.ensure("127.0.0.1:" + port);
            return topicsExist;
        }
    }
}
