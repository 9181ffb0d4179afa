package dev.freshet.engines.memo;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Connections to a Redis, as many as there are threads that use one. One that failed is not used again. */
final class RedisConnections implements AutoCloseable {
    /** Beside the deadline of a request: a handshake takes longer, and nobody waits for it. */
    private static final int CONNECT_MILLIS = 1_000;

    private final RedisOptions options;
    private final @Nullable String password;
    private final BlockingQueue<Jedis> idle = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    /** @throws dev.freshet.core.embed.EmbedderMisconfiguredException when the password cannot be read */
    RedisConnections(RedisOptions options) {
        this.options = options;
        this.password = options.password();
    }

    /**
     * Uses a connection.
     *
     * @throws JedisException when that fails
     */
    <T> T with(Function<Jedis, T> use) {
        Jedis connection = idle.poll();
        if (connection == null) {
            connection = connect();
        }
        boolean well = false;
        try {
            T result = use.apply(connection);
            well = true;
            return result;
        } finally {
            if (well && !closed) {
                idle.add(connection);
            } else {
                close(connection);
            }
        }
    }

    private Jedis connect() {
        int deadline = Math.toIntExact(options.deadline().toMillis());
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(Math.max(deadline, CONNECT_MILLIS))
                .socketTimeoutMillis(deadline)
                .user(options.user())
                .password(password)
                .database(options.database())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (options.tls()) {
            SSLParameters checked = new SSLParameters();
            // Java checks the certificate, but not the name in it unless it is asked to.
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            config.ssl(true).sslParameters(checked);
        }
        return new Jedis(new HostAndPort(options.host(), options.port()), config.build());
    }

    private static void close(Jedis connection) {
        try {
            connection.close();
        } catch (JedisException e) {
            // It failed before; there is nothing to be said that was not said then.
        }
    }

    /** Closes what nobody uses now; what is in use is closed when its use ends. */
    @Override
    public void close() {
        closed = true;
        for (Jedis connection = idle.poll(); connection != null; connection = idle.poll()) {
            close(connection);
        }
    }
}
