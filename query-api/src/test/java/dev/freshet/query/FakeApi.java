package dev.freshet.query;

import dev.freshet.core.index.InMemoryIndex;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.query.access.OpenAccess;
import dev.freshet.query.freshness.KnownWatermarks;
import dev.freshet.query.health.HealthEndpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The whole API on a free port, with fakes for its engines. */
final class FakeApi implements AutoCloseable {
    final InMemoryIndex index = new InMemoryIndex();
    final WordEmbedder embedder = new WordEmbedder();
    final MemoryChangeLog changes = new MemoryChangeLog();
    volatile KnownWatermarks watermarks = KnownWatermarks.NONE;
    final HealthEndpoint health = new HealthEndpoint(() -> true);
    final Http http;

    private final HttpServer server;

    private FakeApi() {
        Features features = new Features(
                OpenAccess.on("127.0.0.1", false),
                embedder,
                index,
                index,
                changes,
                () -> watermarks,
                health,
                Duration.ofSeconds(5),
                InstantSource.system());
        this.server = HttpServer.start("127.0.0.1", 0, features::register);
        this.http = new Http(server.port());
    }

    static FakeApi start() {
        return new FakeApi();
    }

    int port() {
        return server.port();
    }

    void write(IndexWrite... writes) {
        index.write(List.of(writes)).join();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
