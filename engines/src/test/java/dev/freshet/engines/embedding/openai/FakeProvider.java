package dev.freshet.engines.embedding.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Speaks {@code POST /v1/embeddings}: a text's vector counts its words. Answers that were prepared come first. */
final class FakeProvider implements AutoCloseable {
    static final int DIMENSION = 64;
    static final String KEY = "sk-secret-123";

    private static final JsonMapper JSON = new JsonMapper();

    /** What the provider does with a request. */
    interface Behaviour {
        void answer(HttpExchange exchange, List<String> texts) throws IOException;
    }

    final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Behaviour> prepared = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Behaviour usual = FakeProvider::embed;

    FakeProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/embeddings", exchange -> {
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
        List<String> texts = new ArrayList<>();
        body.path("input").forEach(text -> texts.add(text.asText()));
        Behaviour first = prepared.poll();
        (first == null ? usual : first).answer(exchange, texts);
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    /** Does this with the next request. */
    void next(Behaviour behaviour) {
        prepared.add(behaviour);
    }

    /** Does this with every request for which nothing is prepared. */
    void always(Behaviour behaviour) {
        usual = behaviour;
    }

    /** Answers when the test is over. */
    void hang(HttpExchange exchange, List<String> texts) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Behaviour status(int status, String body, String... headers) {
        return (exchange, texts) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    static void embed(HttpExchange exchange, List<String> texts) throws IOException {
        send(exchange, 200, answer(texts).toString());
    }

    /** The right answer, for tests to spoil. */
    static ObjectNode answer(List<String> texts) {
        ObjectNode answer = JSON.createObjectNode();
        for (int i = 0; i < texts.size(); i++) {
            answer.withArray("/data")
                    .addObject()
                    .put("object", "embedding")
                    .put("index", i)
                    .put("embedding", base64(vector(texts.get(i))));
        }
        answer.withObject("/usage").put("prompt_tokens", 10 * texts.size());
        return answer;
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Not of length 1: providers need not see to that. */
    static float[] vector(String text) {
        float[] vector = new float[DIMENSION];
        vector[0] = 0.1f;
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
            if (!word.isEmpty()) {
                vector[Math.floorMod(word.hashCode() * 31, DIMENSION)] += 1;
            }
        }
        return vector;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
