package dev.freshet.engines.embedding.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.engines.embedding.openai.EmbeddingAnswer.WrongAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends requests to the provider, each once and with a deadline, and says what came of them. */
final class EmbeddingRequests implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final int MOST_REQUESTS = 256;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final OpenAiOptions options;
    private final Endpoint endpoint;
    private final Refusals refusals;
    private volatile ApiKey.Sender key;
    private final InstantSource clock;
    private final OkHttpClient http;
    private volatile boolean wasRight;

    EmbeddingRequests(OpenAiOptions options, ApiKey.Sender key, InstantSource clock) {
        this.options = options;
        this.endpoint = Endpoint.of(options.url());
        this.refusals = new Refusals(endpoint.toString(), options.model(), options.key());
        this.key = key;
        this.clock = clock;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MOST_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MOST_REQUESTS);
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                // The key is for this server only.
                .followRedirects(false)
                .followSslRedirects(false)
                // Whether a request is sent again is not for this client to say, which would do it behind the caller's
                // back.
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(EmbeddingRequests::withoutInvitation)
                .connectTimeout(options.timeout().compareTo(CONNECT) < 0 ? options.timeout() : CONNECT)
                .readTimeout(options.timeout())
                .writeTimeout(options.timeout())
                .callTimeout(options.timeout())
                .build();
    }

    /** The client accepts the invitation to come back at once that a 503 may hold. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == UNAVAILABLE && "0".equals(response.header("Retry-After"))
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    /**
     * Asks for the vectors of texts.
     *
     * @param dimension that they must have; 0 for any
     */
    CompletableFuture<Reply> send(List<String> texts, int dimension) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        EmbeddingAnswer answer = new EmbeddingAnswer(texts.size(), dimension);
        ApiKey.Sender used = key;
        http.newCall(request(texts, used)).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException failure) {
                reply.complete(unanswered(failure));
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    reply.complete(read(answer, response, used));
                } catch (IOException e) {
                    reply.complete(unanswered(e));
                } catch (RuntimeException | Error e) {
                    // Whatever it was, nobody must wait for ever.
                    reply.completeExceptionally(e);
                }
            }
        });
        return reply;
    }

    private Reply read(EmbeddingAnswer answer, Response response, ApiKey.Sender used) throws IOException {
        if (!response.isSuccessful()) {
            if (response.code() == UNAUTHORIZED && wasReplaced(used)) {
                String message =
                        "The embedder at %s refused a key that has been replaced since it was read; the new one is used from now on."
                                .formatted(endpoint);
                return new Reply.Unavailable(message, Duration.ZERO, false, new IOException(message));
            }
            Duration retryAfter = RetryAfter.of(response.headers(), clock.instant());
            return refusals.of(response.code(), upTo(Refusals.LARGEST, response), retryAfter);
        }
        byte[] body = upTo(answer.largest() + 1, response);
        if (body.length > answer.largest()) {
            return wrong(new WrongAnswerException("more than %d bytes".formatted(answer.largest())));
        }
        try {
            return checked(refusals.named(answer.read(body)));
        } catch (JsonProcessingException e) {
            // Its words hold parts of the answer.
            return wrong(new WrongAnswerException("something that is no JSON"));
        } catch (WrongAnswerException e) {
            return wrong(e);
        }
    }

    /** Reads the key again: whoever replaces it has nothing to restart. */
    private boolean wasReplaced(ApiKey.Sender used) {
        try {
            ApiKey.Sender now = options.key().read();
            key = now;
            return !now.sendsTheSameAs(used);
        } catch (EmbedderMisconfiguredException e) {
            // It is being replaced just now, or is gone: what the provider said is said then.
            return false;
        }
    }

    /** Vectors of another dimension are a wrong setting, unless there have been right ones: then the provider has stumbled. */
    private Reply checked(Reply reply) {
        if (reply instanceof Reply.Misconfigured(String message) && wasRight) {
            return new Reply.Unavailable(message, Duration.ZERO, false, new IOException(message));
        }
        wasRight |= reply instanceof Reply.Vectors;
        return reply;
    }

    private static byte[] upTo(int bytes, Response response) throws IOException {
        try (InputStream in = response.body().byteStream()) {
            return in.readNBytes(bytes);
        }
    }

    private Reply wrong(WrongAnswerException e) {
        return new Reply.Unavailable(
                "The embedder at %s sent %s; nothing of it was used.".formatted(endpoint, e.getMessage()),
                Duration.ZERO,
                false,
                e);
    }

    private Reply unanswered(IOException e) {
        return new Reply.Unavailable(
                "The embedder at %s gave no answer: %s".formatted(endpoint, e.getMessage()), Duration.ZERO, false, e);
    }

    private Request request(List<String> texts, ApiKey.Sender used) {
        return used.sign(new Request.Builder())
                .url(endpoint.url())
                .header("Accept", "application/json")
                .header("User-Agent", "freshet")
                .post(RequestBody.create(body(texts), JSON_TYPE))
                .build();
    }

    private byte[] body(List<String> texts) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", options.model()).put("encoding_format", "base64");
        if (options.shorten()) {
            body.put("dimensions", options.dimension());
        }
        ArrayNode input = body.putArray("input");
        texts.forEach(input::add);
        try {
            // Not straight to bytes: that refuses unpaired surrogates, which become question marks here.
            return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An object of strings can be written as JSON", e);
        }
    }

    /** Ends what is under way; later requests have no answer. */
    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }
}
