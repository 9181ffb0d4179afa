package dev.freshet.engines.llm;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.govern.Timer;
import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.llm.ChatOutcome.Failed;
import dev.freshet.engines.llm.ChatOutcome.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks a language model that speaks {@code POST /chat/completions}, each time once. Whoever asks while too many requests are under way,
 * or while the server is known to fail, is told so at once. Safe for concurrent use.
 */
public final class ChatCompletions implements AutoCloseable {
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final String REPLACED =
            "refused a key that has been replaced since it was read; the new one is used from now on";
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final LlmSettings settings;
    private final ChatEndpoint endpoint;
    private final ChatAnswer answers;
    private final OkHttpClient http;
    private final Semaphore places;
    private final Timer timer;
    private final ServerHealth health;
    private volatile ApiKey.Sender key;
    private volatile boolean closed;

    private ChatCompletions(LlmSettings settings, ApiKey.Sender key, Timer timer) {
        this.settings = settings;
        this.timer = timer;
        this.health = new ServerHealth(timer);
        this.endpoint = ChatEndpoint.of(settings.url());
        this.answers = new ChatAnswer(endpoint.toString(), settings.model());
        this.places = new Semaphore(settings.concurrency());
        this.key = key;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(settings.concurrency());
        dispatcher.setMaxRequestsPerHost(settings.concurrency());
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                // The key is for this server only.
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(ChatCompletions::withoutInvitation)
                .connectTimeout(settings.timeout().compareTo(CONNECT) < 0 ? settings.timeout() : CONNECT)
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .callTimeout(settings.timeout())
                .build();
    }

    /**
     * Opens a client; the server need not be there yet.
     *
     * @throws IllegalArgumentException when the key cannot be read, saying what to do
     */
    public static ChatCompletions open(LlmSettings settings) {
        return open(settings, Timer.system("llm-breaker"));
    }

    /** @param timer that the breaker goes by; it is closed with the client */
    static ChatCompletions open(LlmSettings settings, Timer timer) {
        try {
            return new ChatCompletions(settings, settings.key().read(), timer);
        } catch (EmbedderMisconfiguredException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The client accepts the invitation to come back at once that a 503 may hold. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == UNAVAILABLE && "0".equals(response.header("Retry-After"))
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    /** Asks, within the timeout of the settings. */
    public CompletableFuture<ChatOutcome> ask(ChatRequest request) {
        return ask(request, settings.timeout());
    }

    /**
     * Asks. That there is no answer within the budget counts against the server as if it were away: callers whose patience differs much have
     * clients of their own.
     *
     * @param budget how long the caller waits; the timeout of the settings where that is less
     * @return never fails: that there is no answer is a {@link Failed}; never later than the budget
     */
    public CompletableFuture<ChatOutcome> ask(ChatRequest request, Duration budget) {
        Duration deadline = budget.compareTo(settings.timeout()) < 0 ? budget : settings.timeout();
        if (closed) {
            return refused(Kind.UNAVAILABLE, "is no longer asked: its client is closed");
        }
        if (!deadline.isPositive()) {
            return CompletableFuture.completedFuture(answers.late(deadline));
        }
        ApiKey.Sender used = key;
        Call call = call(request, used);
        call.timeout().timeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
        if (!places.tryAcquire()) {
            return refused(Kind.BUSY, "is not asked: %d requests are under way".formatted(settings.concurrency()));
        }
        if (!health.allows()) {
            places.release();
            return refused(Kind.UNAVAILABLE, "has failed too often, and is left alone for a while");
        }
        CompletableFuture<ChatOutcome> outcome = new CompletableFuture<>();
        send(call, used, deadline, outcome);
        return outcome.completeOnTimeout(answers.late(deadline), deadline.toNanos(), TimeUnit.NANOSECONDS)
                // Whatever the caller does with it must not hold up the thread of the timer.
                .thenApplyAsync(Function.identity(), Thread::startVirtualThread);
    }

    private CompletableFuture<ChatOutcome> refused(Kind kind, String said) {
        return CompletableFuture.completedFuture(answers.failed(kind, said));
    }

    private Call call(ChatRequest request, ApiKey.Sender used) {
        return http.newCall(used.sign(new Request.Builder())
                .url(endpoint.url())
                .header("Accept", "application/json")
                .header("User-Agent", "freshet")
                .post(RequestBody.create(ChatBody.of(settings.model(), request), JSON_TYPE))
                .build());
    }

    private void send(Call call, ApiKey.Sender used, Duration deadline, CompletableFuture<ChatOutcome> outcome) {
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                end(unanswered(e, deadline), outcome);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                ChatOutcome result = answers.failed(Kind.INVALID, "sent what cannot be read");
                try (response) {
                    result = read(response, used);
                } catch (IOException e) {
                    result = unanswered(e, deadline);
                } finally {
                    end(result, outcome);
                }
            }
        });
    }

    private ChatOutcome read(Response response, ApiKey.Sender used) throws IOException {
        return response.code() == UNAUTHORIZED && wasReplaced(used)
                ? answers.failed(Kind.UNAVAILABLE, REPLACED)
                : answers.read(response);
    }

    private Failed unanswered(IOException e, Duration deadline) {
        return e instanceof InterruptedIOException ? answers.late(deadline) : answers.unanswered(e);
    }

    private void end(ChatOutcome result, CompletableFuture<ChatOutcome> outcome) {
        health.saw(result);
        places.release();
        outcome.complete(result);
    }

    /** Reads the key again: whoever replaces it has nothing to restart. */
    private boolean wasReplaced(ApiKey.Sender used) {
        try {
            ApiKey.Sender now = settings.key().read();
            key = now;
            return !now.sendsTheSameAs(used);
        } catch (EmbedderMisconfiguredException e) {
            // It is being replaced just now, or is gone: what the server said is said then.
            return false;
        }
    }

    /** Ends what is under way; later requests have no answer. */
    @Override
    public void close() {
        closed = true;
        http.dispatcher().executorService().shutdown();
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
        timer.close();
    }
}
