package dev.freshet.engines.opensearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real OpenSearch node with k-NN for tests: a process of its own, on a free port, ended with the test. */
public final class OpenSearchProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path home;
    private final int port;
    private final Thread reaper = new Thread(this::kill, "kill-opensearch");
    private @Nullable Process process;

    private OpenSearchProcess(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /** Starts a node and waits until it answers. */
    public static OpenSearchProcess start(Path home) {
        OpenSearchProcess node = new OpenSearchProcess(home, freePort());
        Runtime.getRuntime().addShutdownHook(node.reaper);
        node.launch();
        return node;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts the node again on the same port and data. */
    public void launch() {
        Path module = module();
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xms512m",
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "--add-modules=jdk.incubator.vector",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            classPath(module),
                            "dev.freshet.local.opensearch.LocalOpenSearch",
                            "--home",
                            home.toString(),
                            "--http-port",
                            Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("opensearch.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("OpenSearch answers, see " + home.resolve("opensearch.log"))
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(this::answers);
    }

    /** Ends the node without a chance to clean up. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        }
        kill();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }

    private boolean answers() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("OpenSearch ended, see " + home.resolve("opensearch.log"));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(url().resolve("/_cluster/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path module() {
        for (Path root = Path.of("").toAbsolutePath(); root != null; root = root.getParent()) {
            Path module = root.resolve("local/opensearch/target");
            if (Files.exists(module.resolve("runtime.classpath"))) {
                return module;
            }
        }
        throw new IllegalStateException(
                "local/opensearch is not packaged: build it with mvn -pl local/opensearch package");
    }

    private static String classPath(Path module) {
        try {
            return String.join(
                    ":",
                    List.of(
                            module.resolve("classes").toString(),
                            Files.readString(module.resolve("runtime.classpath"))
                                    .strip(),
                            module.resolve("runtime-lib") + "/*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
