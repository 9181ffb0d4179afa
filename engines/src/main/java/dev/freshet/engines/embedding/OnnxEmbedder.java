package dev.freshet.engines.embedding;

import ai.onnxruntime.OrtException;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** Runs an encoder in this process: passages in a pool of threads, queries on the caller's thread. */
final class OnnxEmbedder implements Embedder {
    /** Large batches fall out of the processor's caches; small ones leave its vector units waiting. */
    private static final int BATCH_TOKENS = 1024;

    private static final int MAX_WAITING_CALLS = 256;

    private final ModelIdentity identity;
    private final ModelTokenizer tokenizer;
    private final Encoder encoder;
    private final EncoderPool pool;
    private final Semaphore calls = new Semaphore(MAX_WAITING_CALLS);

    OnnxEmbedder(ModelIdentity identity, ModelTokenizer tokenizer, Encoder encoder, int threads) {
        this.identity = identity;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.pool = new EncoderPool(identity.name(), threads);
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        if (passages.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (!calls.tryAcquire()) {
            return CompletableFuture.failedFuture(unavailable(
                    new RejectedExecutionException("more than %d calls wait already".formatted(MAX_WAITING_CALLS))));
        }
        CompletableFuture<List<EmbedOutcome>> answer = new CompletableFuture<>();
        EmbedOutcome[] outcomes = new EmbedOutcome[passages.size()];
        CompletableFuture<Void> unused = pool.submit(() -> MicroBatch.plan(tokenize(passages), BATCH_TOKENS))
                .thenCompose(batches -> pool.all(batches, batch -> encode(batch, outcomes)))
                .whenComplete((done, failure) -> {
                    calls.release();
                    if (failure != null) {
                        answer.completeExceptionally(translate(failure));
                    } else {
                        answer.complete(List.of(outcomes));
                    }
                });
        return answer;
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        try {
            return CompletableFuture.completedFuture(pool.inline(() -> {
                long[] ids = tokenizer.ids(identity.queryPrefix() + query);
                return UnitVector.of(encoder.encode(List.of(ids))[0]);
            }));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(translate(e));
        }
    }

    @Override
    public void close() {
        pool.close(() -> {
            encoder.close();
            tokenizer.close();
        });
    }

    private List<long[]> tokenize(List<String> passages) {
        return passages.stream()
                .map(passage -> tokenizer.ids(identity.passagePrefix() + passage))
                .toList();
    }

    private void encode(MicroBatch batch, EmbedOutcome[] outcomes) throws OrtException {
        float[][] vectors = encoder.encode(batch.texts());
        for (int i = 0; i < vectors.length; i++) {
            outcomes[batch.positions().get(i)] =
                    outcome(vectors[i], batch.texts().get(i).length);
        }
    }

    private static EmbedOutcome outcome(float[] vector, int tokens) {
        if (!UnitVector.exists(vector)) {
            return new EmbedOutcome.Rejected("no_direction", "The model answered with a vector that has no direction.");
        }
        return new EmbedOutcome.Embedded(UnitVector.of(vector), tokens);
    }

    private Throwable translate(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof EncoderFailure || cause instanceof RejectedExecutionException
                ? unavailable(cause)
                : cause;
    }

    private EmbedderUnavailableException unavailable(Throwable cause) {
        return new EmbedderUnavailableException(
                "The encoder %s cannot embed now: %s".formatted(identity.name(), cause.getMessage()), cause);
    }
}
