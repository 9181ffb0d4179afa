package dev.freshet.engines.embedding;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.UnitVector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Runs an encoder in this process: passages in a pool of threads, queries on the caller's thread. Passages share calls of the encoder
 * only where that changes no vector.
 */
final class OnnxEmbedder implements Embedder {
    private static final int MAX_OPEN_CALLS = 256;

    private final ModelIdentity identity;
    private final ModelTokenizer tokenizer;
    private final Encoder encoder;
    private final int batchTokens;
    private final EncoderThreads threads;
    private final Semaphore openCalls = new Semaphore(MAX_OPEN_CALLS);

    /** @param batchTokens most tokens of a call, padding included; 0: every text has a call of its own */
    OnnxEmbedder(ModelIdentity identity, ModelTokenizer tokenizer, Encoder encoder, int batchTokens, int threads) {
        this.identity = identity;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.batchTokens = batchTokens;
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
        CompletableFuture<List<EmbedOutcome>> answer = new CompletableFuture<>();
        var unused = (batchTokens == 0 ? oneByOne(passages) : inBatches(passages)).whenComplete((outcomes, failure) -> {
            openCalls.release();
            if (failure != null) {
                answer.completeExceptionally(translate(failure));
                return;
            }
            answer.complete(outcomes);
        });
        return answer;
    }

    private CompletableFuture<List<EmbedOutcome>> oneByOne(List<String> passages) {
        return all(passages.stream()
                .map(passage -> threads.submit(() -> embed(identity.passagePrefix() + passage)))
                .toList());
    }

    private CompletableFuture<List<EmbedOutcome>> inBatches(List<String> passages) {
        return threads.submit(() -> passages.stream()
                        .map(passage -> tokenizer.ids(identity.passagePrefix() + passage))
                        .toList())
                .thenCompose(this::inBatchesOfTokens);
    }

    private CompletableFuture<List<EmbedOutcome>> inBatchesOfTokens(List<long[]> texts) {
        int[] lengths = texts.stream().mapToInt(ids -> ids.length).toArray();
        List<List<Integer>> batches = MicroBatches.of(lengths, batchTokens);
        return all(batches.stream()
                        .map(batch -> threads.submit(
                                () -> encode(batch.stream().map(texts::get).toList())))
                        .toList())
                .thenApply(encoded -> {
                    EmbedOutcome[] inOrder = new EmbedOutcome[texts.size()];
                    for (int batch = 0; batch < batches.size(); batch++) {
                        for (int i = 0; i < batches.get(batch).size(); i++) {
                            inOrder[batches.get(batch).get(i)] =
                                    encoded.get(batch).get(i);
                        }
                    }
                    return List.of(inOrder);
                });
    }

    private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
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

    /** Most tokens of a call; 0 where every text has a call of its own. */
    int batchTokens() {
        return batchTokens;
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
        return outcome(encoder.encode(ids), ids.length);
    }

    private List<EmbedOutcome> encode(List<long[]> texts) {
        List<float[]> vectors = encoder.encode(texts);
        List<EmbedOutcome> outcomes = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            outcomes.add(outcome(vectors.get(i), texts.get(i).length));
        }
        return outcomes;
    }

    private static EmbedOutcome outcome(float[] vector, int tokens) {
        if (!UnitVector.exists(vector)) {
            return new EmbedOutcome.Rejected("no_direction", "The model gave the text a vector without a direction");
        }
        return new EmbedOutcome.Embedded(UnitVector.of(vector), tokens);
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
