package dev.freshet.engines.rerank.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/** Reranks in every shape, by the words that query and passage share. Answers that were prepared come first. */
final class FakeServer implements AutoCloseable {
    static final String KEY = "sk-secret-123";

    private static final JsonMapper JSON = new JsonMapper();

    /** What the server does with a request. */
    interface Behaviour {
        void answer(HttpExchange exchange, JsonNode body) throws IOException;
    }

    final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Behaviour> prepared = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Behaviour usual = FakeServer::rerank;

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/rerank", exchange -> {
            try (exchange) {
                JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
                bodies.add(body);
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                Behaviour first = prepared.poll();
                (first == null ? usual : first).answer(exchange, body);
            }
        });
        server.start();
    }

    String url() {
        return "http://localhost:%d/rerank".formatted(server.getAddress().getPort());
    }

    /** Does this with the next request. */
    void next(Behaviour behaviour) {
        prepared.add(behaviour);
    }

    /** Does this with every request for which nothing is prepared. */
    FakeServer always(Behaviour behaviour) {
        usual = behaviour;
        return this;
    }

    /** Answers when the test is over. */
    void hang(HttpExchange exchange, JsonNode body) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the connection without a word. */
    static void hangUp(HttpExchange exchange, JsonNode body) {
        exchange.close();
    }

    static Behaviour status(int status, String body, String... headers) {
        return (exchange, request) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    static Behaviour answering(String body) {
        return status(200, body);
    }

    static void rerank(HttpExchange exchange, JsonNode body) throws IOException {
        boolean tei = body.has("texts");
        JsonNode passages = tei ? body.path("texts") : body.path("documents");
        List<Integer> bestFirst = IntStream.range(0, passages.size())
                .boxed()
                .sorted(Comparator.comparingDouble(passage -> -score(
                        body.path("query").asText(), passages.get(passage).asText())))
                .toList();
        ArrayNode results = JSON.createArrayNode();
        for (int passage : bestFirst) {
            results.addObject()
                    .put("index", passage)
                    .put(
                            tei ? "score" : "relevance_score",
                            score(
                                    body.path("query").asText(),
                                    passages.get(passage).asText()));
        }
        send(exchange, 200, (tei ? results : JSON.createObjectNode().set("results", results)).toString());
    }

    private static double score(String query, String passage) {
        List<String> words = List.of(passage.toLowerCase(Locale.ROOT).split(" ", -1));
        return Arrays.stream(query.toLowerCase(Locale.ROOT).split(" ", -1))
                .distinct()
                .filter(words::contains)
                .count();
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
