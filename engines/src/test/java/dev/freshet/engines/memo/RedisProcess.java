package dev.freshet.engines.memo;

import dev.freshet.engines.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real Redis for tests, on a free port, which never outlives the test. It keeps nothing on disk. */
public final class RedisProcess implements AutoCloseable {
    private final int port = ServerProcess.freePort();
    private final List<String> settings;
    private RedisServer server;

    private RedisProcess(List<String> settings) {
        this.settings = settings;
        this.server = started();
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param settings as lines of {@code redis.conf}
     */
    public static RedisProcess start(String... settings) {
        return new RedisProcess(List.of(settings));
    }

    private RedisServer started() {
        try {
            var builder = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no");
            settings.forEach(builder::setting);
            RedisServer redis = builder.build();
            redis.start();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** A connection to look behind the memo's back. */
    public Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    /** Starts it again on the same port, empty. */
    public void restart() {
        close();
        server = started();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
