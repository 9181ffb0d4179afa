package dev.freshet.engines.embedding.openai;

import dev.freshet.core.embed.BatchRefusedException;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Embeds with a provider that speaks {@code POST /v1/embeddings}. It asks once for each call, and leaves it to its caller when to ask
 * again: an {@link EmbedderUnavailableException} says when the provider wants that.
 */
public final class OpenAiEmbedder implements Embedder {
    private static final int MAX_OPEN_CALLS = 1_024;
    private static final List<String> HARMLESS = List.of("water");

    private final ModelIdentity identity;
    private final EmbeddingRequests requests;
    private final Semaphore openCalls = new Semaphore(MAX_OPEN_CALLS);
    private volatile boolean closed;

    private OpenAiEmbedder(ModelIdentity identity, EmbeddingRequests requests) {
        this.identity = identity;
        this.requests = requests;
    }

    /**
     * Opens an embedder. When the options do not state the dimension, the provider must embed a word now.
     *
     * @throws EmbedderMisconfiguredException when somebody must do something first
     * @throws EmbedderUnavailableException when the dimension is asked for, and the provider does not answer in time
     */
    public static OpenAiEmbedder open(OpenAiOptions options) {
        EmbeddingRequests requests =
                new EmbeddingRequests(options, options.key().read(), InstantSource.system());
        try {
            int dimension = options.dimension() > 0 ? options.dimension() : dimension(requests, options);
            return new OpenAiEmbedder(options.identity(dimension), requests);
        } catch (RuntimeException e) {
            requests.close();
            throw e;
        }
    }

    private static int dimension(EmbeddingRequests requests, OpenAiOptions options) {
        Reply reply;
        try {
            // Twice the deadline of the request itself, which should end it.
            reply = requests.send(HARMLESS, 0).get(2 * options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new EmbedderUnavailableException("The embedder %s gave no answer".formatted(options.model()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderUnavailableException("Interrupted before the embedder answered", e);
        }
        return switch (reply) {
            case Reply.Vectors vectors -> vectors.vectors().getFirst().length;
            case Reply.Refused refused -> throw failure(refused).ofHarmlessWord();
            case Reply.Unavailable unavailable -> throw failure(unavailable);
            case Reply.Misconfigured misconfigured -> throw failure(misconfigured);
        };
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        if (closed) {
            return refused("closed");
        }
        if (passages.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (!openCalls.tryAcquire()) {
            return refused("too many open calls");
        }
        List<String> texts =
                passages.stream().map(text -> identity.passagePrefix() + text).toList();
        return requests.send(texts, identity.dimension())
                .whenComplete((reply, failure) -> openCalls.release())
                .thenCompose(reply -> switch (reply) {
                    case Reply.Vectors vectors -> CompletableFuture.completedFuture(outcomes(texts, vectors));
                    case Reply.Refused refused -> CompletableFuture.failedFuture(failure(refused));
                    case Reply.Unavailable unavailable -> CompletableFuture.failedFuture(failure(unavailable));
                    case Reply.Misconfigured misconfigured -> CompletableFuture.failedFuture(failure(misconfigured));
                });
    }

    private static List<EmbedOutcome> outcomes(List<String> texts, Reply.Vectors vectors) {
        CountedTokens tokens = new CountedTokens(texts, vectors.tokens());
        List<EmbedOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            outcomes.add(new Embedded(vectors.vectors().get(i), tokens.of(texts.get(i))));
        }
        return outcomes;
    }

    private static BatchRefusedException failure(Reply.Refused refused) {
        return new BatchRefusedException(refused.reason(), refused.message(), refused.byStatus());
    }

    private static EmbedderUnavailableException failure(Reply.Unavailable unavailable) {
        return new EmbedderUnavailableException(
                unavailable.message(), unavailable.retryAfter(), unavailable.throttled(), unavailable.cause());
    }

    private static EmbedderMisconfiguredException failure(Reply.Misconfigured misconfigured) {
        return new EmbedderMisconfiguredException(misconfigured.message());
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        if (closed) {
            return refused("closed");
        }
        if (!openCalls.tryAcquire()) {
            return refused("too many open calls");
        }
        return requests.send(List.of(identity.queryPrefix() + query), identity.dimension())
                .whenComplete((reply, failure) -> openCalls.release())
                .thenCompose(reply -> switch (reply) {
                    case Reply.Vectors vectors ->
                        CompletableFuture.completedFuture(vectors.vectors().getFirst());
                    case Reply.Refused refused ->
                        CompletableFuture.failedFuture(new IllegalArgumentException(refused.message()));
                    case Reply.Unavailable unavailable -> CompletableFuture.failedFuture(failure(unavailable));
                    case Reply.Misconfigured misconfigured -> CompletableFuture.failedFuture(failure(misconfigured));
                });
    }

    private <T> CompletableFuture<T> refused(String why) {
        return CompletableFuture.failedFuture(new EmbedderUnavailableException(
                "The embedder %s cannot embed now: %s".formatted(identity.name(), why),
                new RejectedExecutionException(why)));
    }

    @Override
    public void close() {
        closed = true;
        requests.close();
    }
}
