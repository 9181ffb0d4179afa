package dev.freshet.engines.opensearch;

import dev.freshet.engines.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real OpenSearch node with k-NN for tests, on a free port. */
public final class OpenSearchProcess implements AutoCloseable {
    private final ServerProcess server;
    private final URI url;

    private OpenSearchProcess(ServerProcess server, URI url) {
        this.server = server;
        this.url = url;
    }

    /** Starts a node and waits until it answers. */
    public static OpenSearchProcess start(Path home) {
        int port = ServerProcess.freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        List<String> java = List.of(
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "dev.freshet.local.opensearch.LocalOpenSearch",
                "--home",
                home.toString(),
                "--http-port",
                Integer.toString(port));
        return new OpenSearchProcess(
                ServerProcess.start("local/opensearch", home.resolve("opensearch.log"), java, () -> answers(url)), url);
    }

    public URI url() {
        return url;
    }

    /** Ends the node without a chance to clean up. */
    public void kill() {
        server.kill();
    }

    /** Starts the node again on the same port and data. */
    public void launch() {
        server.launch();
    }

    @Override
    public void close() {
        server.close();
    }

    private static boolean answers(URI url) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/_cluster/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
