package dev.freshet.engines.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.engines.embedding.openai.ApiKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Speaks {@code POST /v1/chat/completions}, and does with a request what a test wants. */
final class FakeModel implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** What the server does with a request. */
    interface Behaviour {
        void answer(HttpExchange exchange, JsonNode body) throws IOException;
    }

    final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Behaviour behaviour;

    FakeModel(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                handle(exchange);
            }
        });
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        bodies.add(body);
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        behaviour.answer(exchange, body);
    }

    LlmSettings settings(Duration timeout, int concurrency) {
        return new LlmSettings(url(), "parrot", ApiKey.NONE, timeout, concurrency);
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    void from(Behaviour now) {
        behaviour = now;
    }

    /** Says this, whatever it is asked. */
    static Behaviour saying(String content) {
        return (exchange, body) -> send(exchange, 200, completion(content).toString());
    }

    static Behaviour status(int status, String body, String... headers) {
        return (exchange, request) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    /** Classifies and rewrites as it is told to. */
    static void right(HttpExchange exchange, JsonNode body) throws IOException {
        JsonNode data = JSON.readTree(body.at("/messages/1/content").asText());
        String query = data.path("query").asText();
        String content = data.has("most")
                ? JSON.createArrayNode()
                        .add("steps: " + query.replace("?", ""))
                        .add(query)
                        .toString()
                : "{\"intent\": \"procedural\", \"complexity\": \"simple\", \"time\": \"recent\"}";
        send(exchange, 200, completion(content).toString());
    }

    /** Answers when the test is over. */
    void hang(HttpExchange exchange, JsonNode body) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Promises more than it sends. */
    static void cut(HttpExchange exchange, JsonNode body) throws IOException {
        byte[] bytes = completion("{\"intent\": \"factual\"").toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length + 100L);
        exchange.getResponseBody().write(bytes);
    }

    static ObjectNode completion(String content) {
        ObjectNode completion = JSON.createObjectNode();
        completion
                .withArray("/choices")
                .addObject()
                .put("finish_reason", "stop")
                .putObject("message")
                .put("role", "assistant")
                .put("content", content);
        completion.putObject("usage").put("prompt_tokens", 12).put("completion_tokens", 3);
        return completion;
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
