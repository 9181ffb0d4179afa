package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One OpenSearch for the tests of all classes: it starts for the first that wants it and is stopped when all have ended. Every class
 * begins without indices and with the settings of a new cluster.
 */
final class SharedOpenSearch implements BeforeAllCallback {
    static final ModelIdentity MODEL =
            new ModelIdentity("test-model", "abc123", "mean", "", "", IndexWrites.DIMENSION, 512);

    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(SharedOpenSearch.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
        if (!context.getRequiredTestClass().isAnnotationPresent(Nested.class)) {
            request("PUT", "/_cluster/settings", "{\"persistent\":{\"action.auto_create_index\":null}}");
            request("DELETE", "/freshet-*", "");
        }
    }

    private Running running() {
        return Objects.requireNonNull(running, "there is a node from beforeAll on");
    }

    OpenSearchProcess node() {
        return running().node;
    }

    OpenSearchConnection connection() {
        return running().connection;
    }

    OpenSearchIndexAdmin admin() {
        return running().admin;
    }

    OpenSearchIndexWriter writer() {
        return running().writer;
    }

    List<WriteOutcome> write(List<? extends IndexWrite> writes) throws Exception {
        return running().writer.write(List.copyOf(writes)).get(60, TimeUnit.SECONDS);
    }

    /** Sends a request that has to succeed; without a body where it is empty. */
    JsonNode request(String method, String path, String json) {
        Reply reply = json.isEmpty()
                ? running().connection.send(method, path).join()
                : running()
                        .connection
                        .sendJson(method, path, json.getBytes(StandardCharsets.UTF_8))
                        .join();
        assertThat(reply.status()).as("%s %s", method, path).isBetween(200, 299);
        return BlockingRequests.parse(reply.body());
    }

    /** Is closed with the store that holds it: after the last test of all classes. */
    private static final class Running implements AutoCloseable {
        final Path home;
        final OpenSearchProcess node;
        final OpenSearchConnection connection;
        final OpenSearchIndexAdmin admin;
        final OpenSearchIndexWriter writer;

        private Running(Path home, OpenSearchProcess node) {
            this.home = home;
            this.node = node;
            this.connection = OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(node.url())));
            this.admin = new OpenSearchIndexAdmin(connection);
            this.writer = new OpenSearchIndexWriter(connection, InstantSource.system());
        }

        static Running start() {
            try {
                Path home = Files.createTempDirectory("opensearch");
                return new Running(home, OpenSearchProcess.start(home));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
            node.close();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
