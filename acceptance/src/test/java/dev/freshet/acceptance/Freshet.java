package dev.freshet.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The freshet command with a home and ports of its own, as somebody uses it who starts everything with up. */
final class Freshet {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Command command;
    private final Ports ports = Ports.free();

    Freshet(Path home) {
        this.command = new Command(SharedData.project(), "--home", home.toString());
    }

    Command.Result run(String... arguments) throws Exception {
        return command.run(arguments);
    }

    /** Starts everything, always on the same ports. */
    void up(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--opensearch-port=" + ports.openSearch(),
                "--kafka-port=" + ports.kafka(),
                "--kafka-controller-port=" + ports.kafkaController(),
                "--flink-port=" + ports.flink(),
                "--flink-rpc-port=" + ports.flinkRpc(),
                "--api-port=" + ports.api()));
        arguments.addAll(List.of(options));
        run(arguments.toArray(String[]::new)).succeeded();
    }

    /** What status says; it must be that all is well. */
    JsonNode status() throws Exception {
        return Json.MAPPER.readTree(run("status", "--json").succeeded());
    }

    /** What {@code GET /v1/freshness} says. */
    JsonNode freshness() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.api() + "/v1/freshness"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return Json.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    /** What a command that succeeds prints as JSON. */
    JsonNode json(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return Json.MAPPER.readTree(run(all.toArray(String[]::new)).succeeded());
    }

    String kafkaBootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    URI openSearch() {
        return URI.create("http://127.0.0.1:" + ports.openSearch());
    }

    URI flink() {
        return URI.create("http://127.0.0.1:" + ports.flink());
    }
}
