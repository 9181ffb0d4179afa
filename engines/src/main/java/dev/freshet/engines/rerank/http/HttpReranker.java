package dev.freshet.engines.rerank.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.govern.Breaker;
import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import dev.freshet.core.rerank.RerankPassage;
import dev.freshet.core.rerank.RerankQuery;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.openai.ApiKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a server score. Each call is one request, which is sent again at most once, when the connection failed; a server that fails again and
 * again is left alone for a while, so that it does not cost every query its budget.
 */
public final class HttpReranker implements Reranker {
    /** Its name in profiles and responses. */
    public static final String NAME = "http";

    private static final Logger LOG = LoggerFactory.getLogger(HttpReranker.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final int MOST_REQUESTS = 64;
    private static final int UNAVAILABLE = 503;

    private final HttpRerankerOptions options;
    private final Shape shape;
    private final String server;
    private final OkHttpClient http;
    private final Breaker breaker;
    private final Semaphore places = new Semaphore(MOST_REQUESTS);
    private final AtomicLong requests = new AtomicLong();
    private final Map<Long, RerankRequest> open = new ConcurrentHashMap<>();
    private volatile ApiKey.Sender key;
    private volatile boolean closed;

    /** @param nanos the time, of which only differences have a meaning */
    HttpReranker(HttpRerankerOptions options, LongSupplier nanos) {
        this.options = options;
        this.shape = options.wantedShape();
        this.server = options.shown();
        this.key = key(options.key());
        this.breaker = new Breaker(nanos);
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MOST_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MOST_REQUESTS);
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                // The key is for this server only.
                .followRedirects(false)
                .followSslRedirects(false)
                // It is sent again by hand, once.
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(HttpReranker::withoutInvitation)
                .connectTimeout(options.timeout())
                .readTimeout(options.timeout())
                .writeTimeout(options.timeout())
                .build();
    }

    /**
     * Opens a reranker; the server is not asked yet.
     *
     * @throws RerankerMisconfiguredException when the key cannot be read
     */
    public static HttpReranker open(HttpRerankerOptions options) {
        return new HttpReranker(options, System::nanoTime);
    }

    private static ApiKey.Sender key(ApiKey key) {
        try {
            return key.read();
        } catch (EmbedderMisconfiguredException e) {
            throw new RerankerMisconfiguredException("The reranker http cannot be used. " + e.getMessage());
        }
    }

    /** The client accepts the invitation to come back at once that a 503 may hold. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == UNAVAILABLE
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<RerankOutcome> rerank(RerankQuery query, List<RerankPassage> passages, Duration budget) {
        if (passages.isEmpty()) {
            return CompletableFuture.completedFuture(new Scored(new double[0]));
        }
        if (!budget.isPositive()) {
            return failed(Kind.TIMEOUT, "no time was left for the reranker at %s".formatted(server));
        }
        if (closed) {
            return failed(Kind.UNAVAILABLE, closedReason());
        }
        if (!places.tryAcquire()) {
            return failed(
                    Kind.UNAVAILABLE,
                    "%d requests to the reranker at %s are open, and no more may be".formatted(MOST_REQUESTS, server));
        }
        if (!breaker.allows()) {
            places.release();
            return failed(
                    Kind.UNAVAILABLE,
                    "the reranker at %s failed again and again, and is left alone for a while".formatted(server));
        }
        Duration wait = budget.compareTo(options.timeout()) < 0 ? budget : options.timeout();
        return send(query.text(), passages, wait);
    }

    private CompletableFuture<RerankOutcome> send(String query, List<RerankPassage> passages, Duration wait) {
        int most = options.maxPassages() == 0 ? passages.size() : Math.min(passages.size(), options.maxPassages());
        List<String> texts =
                passages.subList(0, most).stream().map(RerankPassage::text).toList();
        RerankRequest request = new RerankRequest(
                http, request(query, texts), new Answer(shape, texts), server, wait, this::readKeyAgain);
        long number = requests.incrementAndGet();
        open.put(number, request);
        CompletableFuture<RerankOutcome> outcome = request.send().thenApply(reply -> {
            open.remove(number);
            places.release();
            switch (reply.tells()) {
                case WELL -> breaker.succeeded();
                case ILL -> breaker.failed();
                case UNKNOWN -> breaker.toldNothing();
            }
            return ofAll(reply.outcome(), passages.size());
        });
        if (closed) {
            request.end(closedReason());
        }
        return outcome;
    }

    /** With the passages that were not sent, which have no scores. */
    private static RerankOutcome ofAll(RerankOutcome outcome, int passages) {
        if (!(outcome instanceof Scored(double[] sent)) || sent.length == passages) {
            return outcome;
        }
        double[] scores = Arrays.copyOf(sent, passages);
        Arrays.fill(scores, sent.length, passages, Double.NaN);
        return new Scored(scores);
    }

    private Request request(String query, List<String> texts) {
        return key.sign(new Request.Builder())
                .url(options.url())
                .header("Accept", "application/json")
                .header("User-Agent", "freshet")
                .post(RequestBody.create(body(query, texts), JSON_TYPE))
                .build();
    }

    private byte[] body(String query, List<String> texts) {
        try {
            // Not straight to bytes: that refuses unpaired surrogates, which become question marks here.
            return JSON.writeValueAsString(shape.request(options.model(), query, texts))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An object of strings can be written as JSON", e);
        }
    }

    /** Whoever replaces the key has nothing to restart. */
    private void readKeyAgain() {
        try {
            ApiKey.Sender now = options.key().read();
            if (!now.sendsTheSameAs(key)) {
                key = now;
                LOG.info("Key of the reranker was replaced: server={}", server);
            }
        } catch (EmbedderMisconfiguredException e) {
            LOG.warn("Key of the reranker could not be read again: {}", e.getMessage());
        }
    }

    private static CompletableFuture<RerankOutcome> failed(Kind kind, String reason) {
        return CompletableFuture.completedFuture(new Failed(kind, reason));
    }

    private String closedReason() {
        return "the reranker at %s is closed".formatted(server);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        closed = true;
        open.values().forEach(request -> request.end(closedReason()));
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
