package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.embedding.openai.OpenAiOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/** A server that speaks {@code POST /v1/embeddings}, misbehaves as it is told, and keeps a meter as providers do: at its own door. */
final class MeteredProvider implements AutoCloseable {
    static final int DIMENSION = IndexWrites.DIMENSION;
    /** Tokens that it counts for a word: another tokenizer than the job's. */
    static final double TOKENS_OF_A_WORD = 1.25;

    private static final JsonMapper JSON = new JsonMapper();

    /** What it does wrong. */
    enum Fault {
        BUSY,
        BUSY_FOR_A_WHILE,
        ERROR,
        AWAY,
        HANGS,
        CUT,
        DRIPS,
        TOO_FEW,
        WRONG_DIMENSION,
        NOT_A_NUMBER,
        HTML
    }

    /** A request, as the meter saw it. */
    record Arrival(long nanos, long tokens, int texts) {}

    final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    /** How often each text was embedded, and is to be paid for. */
    final Map<String, AtomicInteger> embedded = new ConcurrentHashMap<>();

    final Set<Fault> seen = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;
    private final Random random;
    private volatile List<Fault> faults = List.of();
    private volatile int faultPercent;
    private volatile long latencyMillis;

    MeteredProvider(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/embeddings", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    /** What the job embeds with. */
    EmbedderSettings embedder(Duration timeout) {
        return new EmbedderSettings(
                Embedders.OPENAI,
                1,
                new OpenAiOptions(url(), "words", ApiKey.NONE, DIMENSION, false, "", "", timeout),
                null);
    }

    /** From now on does one of these, in so many of a hundred requests. */
    void misbehave(int percent, Fault... which) {
        faults = List.of(which);
        faultPercent = percent;
    }

    void behave() {
        faultPercent = 0;
    }

    void takes(long millis) {
        latencyMillis = millis;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        List<String> texts = new ArrayList<>();
        body.path("input").forEach(text -> texts.add(text.asText()));
        arrivals.add(new Arrival(System.nanoTime(), tokens(texts), texts.size()));
        waits(latencyMillis);
        if (isFaulty()) {
            Fault fault = faults.get(randomBelow(faults.size()));
            seen.add(fault);
            misbehave(exchange, texts, fault);
            return;
        }
        send(exchange, 200, paid(texts, DIMENSION).toString());
    }

    private boolean isFaulty() {
        return faultPercent > 0 && randomBelow(100) < faultPercent;
    }

    private synchronized int randomBelow(int bound) {
        return random.nextInt(bound);
    }

    private void misbehave(HttpExchange exchange, List<String> texts, Fault fault) throws IOException {
        switch (fault) {
            case BUSY -> send(exchange, 429, "");
            case BUSY_FOR_A_WHILE -> {
                exchange.getResponseHeaders().set("Retry-After", "0.3");
                send(exchange, 429, "{}");
            }
            case ERROR -> send(exchange, 500, "{\"error\":{\"type\":\"internal\"}}");
            case AWAY -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                send(exchange, 503, "");
            }
            case HANGS -> waits(TimeUnit.MINUTES.toMillis(5));
            case CUT -> exchange.close();
            case DRIPS -> {
                exchange.sendResponseHeaders(200, 1 << 20);
                for (int i = 0; i < 1_000; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    waits(100);
                }
            }
            case TOO_FEW -> {
                ObjectNode answer = unpaid(texts, DIMENSION);
                answer.withArray("/data").remove(0);
                send(exchange, 200, answer.toString());
            }
            case WRONG_DIMENSION ->
                send(exchange, 200, unpaid(texts, DIMENSION + 1).toString());
            case NOT_A_NUMBER -> {
                ObjectNode answer = unpaid(texts, DIMENSION);
                float[] none = new float[DIMENSION];
                none[0] = Float.NaN;
                ((ObjectNode) answer.at("/data/0")).put("embedding", base64(none));
                send(exchange, 200, answer.toString());
            }
            case HTML -> send(exchange, 200, "<html>come back later</html>");
        }
    }

    private void waits(long millis) {
        try {
            if (millis > 0 && end.await(millis, TimeUnit.MILLISECONDS)) {
                throw new UncheckedIOException(new IOException("the test is over"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ObjectNode paid(List<String> texts, int dimension) {
        texts.forEach(text ->
                embedded.computeIfAbsent(text, ignored -> new AtomicInteger()).incrementAndGet());
        return unpaid(texts, dimension);
    }

    private static ObjectNode unpaid(List<String> texts, int dimension) {
        ObjectNode answer = JSON.createObjectNode();
        for (int i = 0; i < texts.size(); i++) {
            answer.withArray("/data")
                    .addObject()
                    .put("index", i)
                    .put("embedding", base64(vector(texts.get(i), dimension)));
        }
        answer.withObject("/usage").put("prompt_tokens", tokens(texts));
        return answer;
    }

    private static long tokens(List<String> texts) {
        return texts.stream()
                .mapToLong(text -> Math.round(text.strip().split("\\s+").length * TOKENS_OF_A_WORD))
                .sum();
    }

    /** Different for different texts. */
    private static float[] vector(String text, int dimension) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = random.nextFloat() + 0.01f;
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The most that came within any minute, or whatever time is shorter than that. */
    long mostInAMinute(ToLongFunction<Arrival> of) {
        List<Arrival> all = List.copyOf(arrivals);
        long most = 0;
        long sum = 0;
        int oldest = 0;
        for (Arrival arrival : all) {
            sum += of.applyAsLong(arrival);
            while (all.get(oldest).nanos() <= arrival.nanos() - TimeUnit.MINUTES.toNanos(1)) {
                sum -= of.applyAsLong(all.get(oldest++));
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    long total(ToLongFunction<Arrival> of) {
        return arrivals.stream().mapToLong(of).sum();
    }

    /** From the first request to the last. */
    double seconds() {
        List<Arrival> all = List.copyOf(arrivals);
        return (all.getLast().nanos() - all.getFirst().nanos()) / 1e9;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
