package dev.freshet.local.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A service on a free port whose answers are known beforehand. */
public final class CannedService implements AutoCloseable {
    private final HttpServer server;

    private CannedService(HttpServer server) {
        this.server = server;
    }

    /** Answers every request to the path, and below it, the same. */
    public static CannedService answering(String path, int status, String json) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return new CannedService(server);
    }

    /** Answers requests to exactly these paths, each with its query, and knows no other. */
    public static CannedService answering(Map<String, String> jsonByPath) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String json = jsonByPath.get(exchange.getRequestURI().toString());
            byte[] body = (json == null ? "{}" : json).getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(json == null ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return new CannedService(server);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
