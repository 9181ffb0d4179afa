package dev.freshet.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports of a stack, all on the loopback interface.
 *
 * @param openSearch OpenSearch's REST API
 * @param kafka Kafka's clients
 * @param kafkaController Kafka's KRaft controller
 * @param flink Flink's web UI and REST API
 * @param flinkRpc Flink's JobManager, for its TaskManager
 * @param api query API and search page
 */
public record Ports(int openSearch, int kafka, int kafkaController, int flink, int flinkRpc, int api) {

    private static final int FIRST_FREE = 20_000;
    private static final int LAST_FREE = 30_000;

    public static Ports defaults() {
        return new Ports(9200, 9092, 9093, 8081, 6123, 8080);
    }

    /** Ports that nobody uses at the moment, below those that systems hand out to outgoing connections. */
    public static Ports free() {
        Set<Integer> found = new LinkedHashSet<>();
        for (int attempt = 0; attempt < 1_000 && found.size() < 6; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE);
            if (isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < 6) {
            throw new StackException("there are no free ports between " + FIRST_FREE + " and " + LAST_FREE);
        }
        List<Integer> free = List.copyOf(found);
        return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5));
    }

    /** The port that people and programs use of a component; 0 for the one that has none. */
    public int of(Component component) {
        return switch (component) {
            case OPENSEARCH -> openSearch;
            case KAFKA -> kafka;
            case JOBMANAGER -> flink;
            case TASKMANAGER -> 0;
            case API -> api;
        };
    }

    /** Every port that a component opens, by the option that changes it. */
    Map<String, Integer> optionsOf(Component component) {
        Map<String, Integer> options = new LinkedHashMap<>();
        switch (component) {
            case OPENSEARCH -> options.put("--opensearch-port", openSearch);
            case KAFKA -> {
                options.put("--kafka-port", kafka);
                options.put("--kafka-controller-port", kafkaController);
            }
            case JOBMANAGER -> {
                options.put("--flink-port", flink);
                options.put("--flink-rpc-port", flinkRpc);
            }
            case TASKMANAGER -> {}
            case API -> options.put("--api-port", api);
        }
        return options;
    }

    /** Whether a server could listen on the port now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
