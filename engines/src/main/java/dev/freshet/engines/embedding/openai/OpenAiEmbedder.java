package dev.freshet.engines.embedding.openai;

import dev.freshet.core.embed.EmbedOutcome;
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
    private static final int MAX_OPEN_CALLS = 256;

    private final ModelIdentity identity;
    private final RequestLimits limits;
    private final EmbeddingRequests requests;
    private final Semaphore openCalls = new Semaphore(MAX_OPEN_CALLS);
    private volatile boolean closed;

    private OpenAiEmbedder(ModelIdentity identity, RequestLimits limits, EmbeddingRequests requests) {
        this.identity = identity;
        this.limits = limits;
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
            ModelIdentity identity = options.identity(dimension);
            RequestLimits limits = new RequestLimits(options.requestTexts(), options.requestTokens());
            return new OpenAiEmbedder(identity, limits, requests);
        } catch (RuntimeException e) {
            requests.close();
            throw e;
        }
    }

    private static int dimension(EmbeddingRequests requests, OpenAiOptions options) {
        Reply reply;
        try {
            // Twice the deadline of the request itself, which should end it.
            reply = requests.send(PoisonSearch.HARMLESS, 0)
                    .get(2 * options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new EmbedderUnavailableException("The embedder %s gave no answer".formatted(options.model()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderUnavailableException("Interrupted before the embedder answered", e);
        }
        return switch (reply) {
            case Reply.Vectors vectors -> vectors.vectors().getFirst().length;
            case Reply.Refused refused -> throw PoisonSearch.whateverIsSent(refused);
            case Reply.Unavailable unavailable -> throw PoisonSearch.failure(unavailable);
            case Reply.Misconfigured misconfigured -> throw PoisonSearch.failure(misconfigured);
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
        if (!openCalls.tryAcquire()) {
            return refused("too many open calls");
        }
        PoisonSearch search = new PoisonSearch(requests, identity.dimension());
        List<String> texts =
                passages.stream().map(text -> identity.passagePrefix() + text).toList();
        List<CompletableFuture<List<EmbedOutcome>>> parts =
                limits.split(texts).stream().map(search::embed).toList();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> openCalls.release())
                .thenApply(done -> {
                    List<EmbedOutcome> outcomes = new ArrayList<>();
                    parts.forEach(part -> outcomes.addAll(part.join()));
                    return outcomes;
                });
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
                    case Reply.Unavailable unavailable ->
                        CompletableFuture.failedFuture(PoisonSearch.failure(unavailable));
                    case Reply.Misconfigured misconfigured ->
                        CompletableFuture.failedFuture(PoisonSearch.failure(misconfigured));
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
