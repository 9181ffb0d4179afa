package dev.freshet.eval.retrieve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A query API that answers as it is told. */
public final class FakeQueryApi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** A question as it arrived. */
    public record Asked(String tenant, JsonNode body) {
        public String query() {
            return body.path("query").asText();
        }

        public String mode() {
            return body.path("mode").asText();
        }
    }

    /** What to answer. */
    public record Answer(int status, String body, String retryAfter) {
        public static Answer problem(int status, String detail) {
            return new Answer(status, "{\"title\":\"Problem\",\"detail\":\"" + detail + "\"}", "");
        }

        /** Documents with falling scores. */
        public static Answer found(String... documents) {
            return found(List.of(), documents);
        }

        public static Answer found(List<String> degraded, String... documents) {
            String hits = IntStream.range(0, documents.length)
                    .mapToObj(i -> "{\"rank\":%d,\"score\":%s,\"document_id\":\"%s\"}"
                            .formatted(i + 1, 1.0 / (i + 1), documents[i]))
                    .collect(Collectors.joining(","));
            String codes = degraded.stream().map(code -> '"' + code + '"').collect(Collectors.joining(","));
            return new Answer(200, "{\"hits\":[" + hits + "],\"degraded\":[" + codes + "]}", "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    public FakeQueryApi(Function<Asked, Answer> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/search", exchange -> handle(exchange, answers));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange, Function<Asked, Answer> answers) throws IOException {
        try (exchange) {
            Asked question = new Asked(
                    exchange.getRequestHeaders().getFirst("Freshet-Tenant"), JSON.readTree(exchange.getRequestBody()));
            asked.add(question);
            Answer answer = answers.apply(question);
            if (!answer.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
