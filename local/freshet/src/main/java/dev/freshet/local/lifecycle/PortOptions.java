package dev.freshet.local.lifecycle;

import dev.freshet.local.stack.Ports;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that choose the ports of the stack. */
public final class PortOptions {
    private static final int HIGHEST = 65_535;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Search page and query API (${DEFAULT-VALUE}).")
    private int api;

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Flink's web UI and REST API (${DEFAULT-VALUE}).")
    private int flink;

    @Option(
            names = "--opensearch-port",
            paramLabel = "PORT",
            defaultValue = "9200",
            description = "OpenSearch (${DEFAULT-VALUE}).")
    private int openSearch;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Kafka's clients (${DEFAULT-VALUE}).")
    private int kafka;

    @Option(
            names = "--kafka-controller-port",
            paramLabel = "PORT",
            defaultValue = "9093",
            description = "Kafka's controller (${DEFAULT-VALUE}).")
    private int kafkaController;

    @Option(
            names = "--flink-rpc-port",
            paramLabel = "PORT",
            defaultValue = "6123",
            description = "Flink's JobManager, for its TaskManager (${DEFAULT-VALUE}).")
    private int flinkRpc;

    /** What is wrong with the ports, in words; empty when they can be used. */
    Optional<String> problem() {
        List<Integer> all = List.of(api, flink, openSearch, kafka, kafkaController, flinkRpc);
        if (all.stream().anyMatch(port -> port < 1 || port > HIGHEST)) {
            return Optional.of("a port must be from 1 to " + HIGHEST);
        }
        return Set.copyOf(all).size() == all.size() ? Optional.empty() : Optional.of("every port must be another one");
    }

    Ports ports() {
        return new Ports(openSearch, kafka, kafkaController, flink, flinkRpc, api);
    }

    static List<String> arguments(Ports ports) {
        return List.of(
                "--api-port=" + ports.api(),
                "--flink-port=" + ports.flink(),
                "--opensearch-port=" + ports.openSearch(),
                "--kafka-port=" + ports.kafka(),
                "--kafka-controller-port=" + ports.kafkaController(),
                "--flink-rpc-port=" + ports.flinkRpc());
    }
}
