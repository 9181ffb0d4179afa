package dev.freshet.query;

import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.Problems;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Javalin as Freshet runs it: requests on virtual threads, problems for errors, a drain at the end. */
final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);
    private static final int LONGEST_HEADERS = 16 << 10;
    private static final int PLATFORM_THREADS = 16;

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /** Starts to listen; the routes are there from the first request on. */
    static HttpServer start(String host, int port, Consumer<RoutesConfig> routes) {
        Javalin javalin = Javalin.create(config -> {
            configure(config);
            Problems.register(config.routes);
            routes.accept(config.routes);
        });
        javalin.start(host, port);
        return new HttpServer(javalin);
    }

    int port() {
        return javalin.port();
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        // An id may end with a slash.
        config.router.ignoreTrailingSlashes = false;
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("Request failed with an error of the virtual machine", error);
            response.setStatus(500);
        });
        config.jetty.threadPool = threads();
        config.jetty.modifyServer(HttpServer::configure);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(LONGEST_HEADERS);
            http.setSendDateHeader(false);
            http.setIdleTimeout(IDLE_CONNECTION.toMillis());
        });
    }

    private static void configure(Server server) {
        server.insertHandler(new GracefulHandler());
        server.setStopTimeout(DRAIN.toMillis());
        // What Jetty refuses before Javalin sees it, such as headers that are too long.
        server.setErrorHandler((request, response, callback) -> {
            int status = response.getStatus();
            response.getHeaders().put("Content-Type", Problems.CONTENT_TYPE);
            byte[] problem = Problems.json(Problem.ofStatus(status, "The server could not take the request."));
            response.write(true, ByteBuffer.wrap(problem), callback);
            return true;
        });
    }

    /** Selectors and acceptors on platform threads, each request on a virtual thread of its own. */
    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request-", 0).factory()));
        return threads;
    }

    /** Takes no more requests, and ends when those that run are answered. */
    @Override
    public void close() {
        javalin.stop();
    }
}
