package dev.freshet.engines.embedding;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.UnitVector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** Runs an encoder in this process: passages in a pool of threads, queries on the caller's thread. */
final class OnnxEmbedder implements Embedder {
    private static final int MAX_OPEN_CALLS = 256;

    private final ModelIdentity identity;
    private final ModelTokenizer tokenizer;
    private final Encoder encoder;
    private final EncoderThreads threads;
    private final Semaphore openCalls = new Semaphore(MAX_OPEN_CALLS);

    OnnxEmbedder(ModelIdentity identity, ModelTokenizer tokenizer, Encoder encoder, int threads) {
        this.identity = identity;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.threads = new EncoderThreads(identity.name(), threads);
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        if (!openCalls.tryAcquire()) {
            return CompletableFuture.failedFuture(unavailable(new RejectedExecutionException("too many open calls")));
        }
        List<CompletableFuture<EmbedOutcome>> outcomes = passages.stream()
                .map(passage -> threads.submit(() -> embed(identity.passagePrefix() + passage)))
                .toList();
        CompletableFuture<List<EmbedOutcome>> answer = new CompletableFuture<>();
        var unused = CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> {
                    openCalls.release();
                    if (failure != null) {
                        answer.completeExceptionally(translate(failure));
                        return;
                    }
                    answer.complete(
                            outcomes.stream().map(CompletableFuture::join).toList());
                });
        return answer;
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        try {
            return switch (threads.inline(() -> embed(identity.queryPrefix() + query))) {
                case EmbedOutcome.Embedded embedded -> CompletableFuture.completedFuture(embedded.vector());
                case EmbedOutcome.Rejected rejected ->
                    CompletableFuture.failedFuture(new IllegalArgumentException(rejected.message()));
            };
        } catch (EncoderFailure | RejectedExecutionException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
    }

    @Override
    public void close() {
        threads.close(() -> {
            encoder.close();
            tokenizer.close();
        });
    }

    private EmbedOutcome embed(String text) {
        long[] ids = tokenizer.ids(text);
        float[] vector = encoder.encode(ids);
        if (!UnitVector.exists(vector)) {
            return new EmbedOutcome.Rejected("no_direction", "The model gave the text a vector without a direction");
        }
        return new EmbedOutcome.Embedded(UnitVector.of(vector), ids.length);
    }

    private Throwable translate(Throwable failure) {
        Throwable cause = AsyncFailure.cause(failure);
        return cause instanceof EncoderFailure || cause instanceof RejectedExecutionException
                ? unavailable(cause)
                : cause;
    }

    private EmbedderUnavailableException unavailable(Throwable cause) {
        return new EmbedderUnavailableException(
                "The encoder %s cannot embed now: %s".formatted(identity.name(), cause.getMessage()), cause);
    }
}
