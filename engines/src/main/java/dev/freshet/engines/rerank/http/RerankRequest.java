package dev.freshet.engines.rerank.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.engines.rerank.http.Answer.WrongAnswerException;
import dev.freshet.engines.rerank.http.Reply.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One request, which is sent a second time where the connection failed, and is over when its time is. */
final class RerankRequest implements Callback {
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    /** Who has less time left learns nothing of the server from its silence. */
    private static final Duration SHORTEST_TELLING = Duration.ofMillis(50);

    private final OkHttpClient http;
    private final Request request;
    private final Answer answer;
    private final String server;
    private final Runnable keyRefused;
    private final long end;
    private final Reply late;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private volatile boolean sentAgain;

    /**
     * A request that is not sent yet.
     *
     * @param server in words
     * @param keyRefused runs when the server does not accept the key
     */
    RerankRequest(
            OkHttpClient http, Request request, Answer answer, String server, Duration wait, Runnable keyRefused) {
        this.http = http;
        this.request = request;
        this.answer = answer;
        this.server = server;
        this.keyRefused = keyRefused;
        this.end = System.nanoTime() + wait.toNanos();
        this.late = failed(
                Kind.TIMEOUT,
                "gave no answer within %s".formatted(wait),
                wait.compareTo(SHORTEST_TELLING) < 0 ? Server.UNKNOWN : Server.ILL);
        // The client's own deadline does not cover all of its waits.
        reply.completeOnTimeout(late, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends it. */
    CompletableFuture<Reply> send() {
        Call call = http.newCall(request);
        call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        var unused = reply.whenComplete((done, failure) -> call.cancel());
        call.enqueue(this);
        return reply;
    }

    @Override
    public void onFailure(Call call, IOException failure) {
        if (reply.isDone()) {
            return;
        }
        if (failure instanceof InterruptedIOException || System.nanoTime() - end >= 0) {
            reply.complete(late);
        } else if (sentAgain) {
            reply.complete(failed(
                    Kind.UNAVAILABLE,
                    "gave no answer (%s)".formatted(failure.getClass().getSimpleName()),
                    Server.ILL));
        } else {
            sentAgain = true;
            var unused = send();
        }
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            reply.complete(read(response));
        } catch (IOException e) {
            onFailure(call, e);
        } catch (RuntimeException | Error e) {
            // Whatever it was, nobody must wait for it.
            reply.complete(failed(
                    Kind.INVALID,
                    "sent what cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                    Server.ILL));
        }
    }

    private Reply read(Response response) throws IOException {
        if (!response.isSuccessful()) {
            return refused(response.code());
        }
        byte[] body;
        try (InputStream in = response.body().byteStream()) {
            body = in.readNBytes(answer.largest() + 1);
        }
        if (body.length > answer.largest()) {
            return wrong("more than %d bytes".formatted(answer.largest()));
        }
        try {
            return Reply.scored(answer.read(body));
        } catch (JsonProcessingException e) {
            // Its words hold parts of the answer.
            return wrong("something that is no JSON");
        } catch (WrongAnswerException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    private Reply refused(int status) {
        if (status == UNAUTHORIZED) {
            keyRefused.run();
        }
        String hint = status >= 300 && status < 400 ? ", a redirect, which is not followed" : "";
        // What is too large or wrong about one request says nothing of the next.
        boolean ofThisRequest = status == 400 || status == 413 || status == 422;
        return failed(
                Kind.UNAVAILABLE,
                "answered %d%s%s".formatted(status, status == TOO_MANY ? ", too many requests" : "", hint),
                ofThisRequest ? Server.UNKNOWN : Server.ILL);
    }

    private Reply wrong(String what) {
        return failed(Kind.INVALID, "sent %s; nothing of it was used".formatted(what), Server.ILL);
    }

    private Reply failed(Kind kind, String what, Server tells) {
        return Reply.failed(kind, "the reranker at %s %s".formatted(server, what), tells);
    }

    /** Ends it without an answer. */
    void end(String reason) {
        reply.complete(Reply.failed(Kind.UNAVAILABLE, reason, Server.UNKNOWN));
    }
}
