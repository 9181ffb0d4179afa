package dev.freshet.eval.retrieve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.evaluation.ScoredDocument;
import dev.freshet.core.retry.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks the query API: asynchronous, with retries inside one deadline. */
final class SearchClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    private final SearchSettings settings;
    private final HttpUrl url;
    private final OkHttpClient http;

    SearchClient(SearchSettings settings) {
        this.settings = settings;
        this.url = HttpUrl.get(settings.apiUrl())
                .newBuilder()
                .addPathSegments("v1/search")
                .build();
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(settings.concurrency());
        dispatcher.setMaxRequestsPerHost(settings.concurrency());
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                // Every attempt is counted and timed here.
                .retryOnConnectionFailure(false)
                .connectTimeout(settings.deadline())
                .readTimeout(settings.deadline())
                .writeTimeout(settings.deadline())
                .build();
    }

    /**
     * Asks a question.
     *
     * @return what the API said; fails with {@link NoAnswerException} at the deadline
     */
    CompletableFuture<Reply.Final> search(String mode, String text) {
        return attempt(
                request(mode, text), System.nanoTime() + settings.deadline().toNanos(), 1);
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private CompletableFuture<Reply.Final> attempt(Request request, long deadline, int attempts) {
        return send(request, deadline).thenCompose(reply -> switch (reply) {
            case Reply.NoAnswer noAnswer -> retry(noAnswer, request, deadline, attempts);
            case Reply.Final answer -> CompletableFuture.completedFuture(answer);
        });
    }

    private CompletableFuture<Reply.Final> retry(
            Reply.NoAnswer noAnswer, Request request, long deadline, int attempts) {
        Duration backoff = BACKOFF.after(attempts, ThreadLocalRandom.current());
        Duration pause = backoff.compareTo(noAnswer.notBefore()) < 0 ? noAnswer.notBefore() : backoff;
        if (System.nanoTime() + pause.toNanos() >= deadline) {
            return CompletableFuture.failedFuture(
                    new NoAnswerException("The query API at %s gave no answer in %d s (%d attempts): %s"
                            .formatted(
                                    settings.apiUrl(), settings.deadline().toSeconds(), attempts, noAnswer.reason())));
        }
        Executor later = CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS);
        return CompletableFuture.runAsync(() -> {}, later)
                .thenCompose(paused -> attempt(request, deadline, attempts + 1));
    }

    private CompletableFuture<Reply> send(Request request, long deadline) {
        Call call = http.newCall(request);
        call.timeout().timeout(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        long start = System.nanoTime();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                reply.complete(new Reply.NoAnswer(String.valueOf(e.getMessage()), Duration.ZERO));
            }

            @Override
            public void onResponse(Call answered, Response response) {
                reply.complete(read(response, start));
            }
        });
        return reply;
    }

    private static Reply read(Response response, long start) {
        try (response) {
            String body = response.body().string();
            double latency = (System.nanoTime() - start) / 1e6;
            if (response.isSuccessful()) {
                return answer(JSON.readTree(body), latency);
            }
            String reason = "HTTP " + response.code() + " " + detail(body);
            return mayPass(response.code())
                    ? new Reply.NoAnswer(reason, retryAfter(response))
                    : new Reply.Refused(reason, latency);
        } catch (IOException e) {
            return new Reply.NoAnswer("unreadable answer: " + e.getMessage(), Duration.ZERO);
        }
    }

    private static Reply answer(JsonNode answer, double latency) throws IOException {
        if (!answer.path("hits").isArray()) {
            throw new IOException("no list of hits");
        }
        List<ScoredDocument> documents = new ArrayList<>();
        for (JsonNode hit : answer.path("hits")) {
            documents.add(new ScoredDocument(
                    hit.path("document_id").asText(), hit.path("score").asDouble()));
        }
        return new Reply.Answered(documents, !answer.path("degraded").isEmpty(), latency);
    }

    private static boolean mayPass(int status) {
        return status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
    }

    private static Duration retryAfter(Response response) {
        String seconds = response.header("Retry-After", "0");
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }

    /** The words of an RFC 9457 problem, or nothing. */
    private static String detail(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            return problem.path("detail").asText(problem.path("title").asText());
        } catch (IOException e) {
            return "";
        }
    }

    private Request request(String mode, String text) {
        return new Request.Builder()
                .url(url)
                .header("Freshet-Tenant", settings.tenant())
                .post(RequestBody.create(body(mode, text), JSON_TYPE))
                .build();
    }

    private byte[] body(String mode, String text) {
        try {
            return JSON.writeValueAsBytes(
                    Map.of("query", text, "mode", mode, "k", settings.depth(), "group_by", "document"));
        } catch (IOException e) {
            throw new IllegalStateException("A map of strings can be written as JSON", e);
        }
    }
}
