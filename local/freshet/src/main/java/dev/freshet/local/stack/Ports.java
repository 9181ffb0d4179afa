package dev.freshet.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    public static Ports defaults() {
        return new Ports(9200, 9092, 9093, 8081, 6123, 8080);
    }

    /** Ports that nobody uses at the moment. */
    public static Ports free() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] free = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            return new Ports(free[0], free[1], free[2], free[3], free[4], free[5]);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        } finally {
            sockets.forEach(Ports::close);
        }
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

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
