package dev.freshet.engines.embedding;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.UnitVector;
import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.lateinteraction.TokenQuantizer;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.engines.embedding.onnx.EncoderFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an encoder in this process: passages in a pool of threads, queries on the caller's thread. Passages share calls of the encoder
 * only where that changes no vector.
 */
final class OnnxEmbedder implements Embedder {
    private static final int MAX_OPEN_CALLS = 256;
    private static final String NO_DIRECTION = "The model gave the text a vector without a direction";

    private final ModelIdentity identity;
    private final ModelTokenizer tokenizer;
    private final Encoder encoder;
    private final int batchTokens;
    private final EncoderThreads threads;
    private final @Nullable TokenStatistics statistics;
    private final @Nullable TokenQuantizer quantizer;
    private final Semaphore openCalls = new Semaphore(MAX_OPEN_CALLS);

    /**
     * An embedder that keeps nothing of tokens.
     *
     * @param batchTokens most tokens of a call, padding included; 0: every text has a call of its own
     */
    OnnxEmbedder(ModelIdentity identity, ModelTokenizer tokenizer, Encoder encoder, int batchTokens, int threads) {
        this(identity, tokenizer, encoder, batchTokens, threads, null, TokenVectorForm.OFF);
    }

    /**
     * An embedder that encodes every text by itself, and knows what its vectors of tokens are like.
     *
     * @param statistics of the model's token vectors
     * @param kept of the tokens of passages
     */
    OnnxEmbedder(
            ModelIdentity identity,
            ModelTokenizer tokenizer,
            Encoder encoder,
            int threads,
            TokenStatistics statistics,
            TokenVectorForm kept) {
        this(identity, tokenizer, encoder, 0, threads, statistics, kept);
    }

    private OnnxEmbedder(
            ModelIdentity identity,
            ModelTokenizer tokenizer,
            Encoder encoder,
            int batchTokens,
            int threads,
            @Nullable TokenStatistics statistics,
            TokenVectorForm kept) {
        this.identity = identity;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.batchTokens = batchTokens;
        this.statistics = statistics;
        this.quantizer =
                statistics == null || kept == TokenVectorForm.OFF ? null : new TokenQuantizer(statistics, kept);
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
    public @Nullable TokenVectorIdentity tokenVectors() {
        return statistics == null || quantizer == null
                ? null
                : new TokenVectorIdentity(quantizer.form(), statistics.checksum());
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return onThisThread(() -> direction(encoder.encode(queryIds(query))));
    }

    @Override
    public CompletableFuture<EmbeddedQuery> embedQueryTokens(String query) {
        TokenStatistics known = statistics;
        return onThisThread(() -> {
            long[] ids = queryIds(query);
            if (known == null) {
                return new EmbeddedQuery(direction(encoder.encode(ids)), null);
            }
            float[] tokenVectors = encoder.tokenVectors(ids);
            float[] vector = direction(encoder.pooled(tokenVectors, identity.dimension()));
            return new EmbeddedQuery(vector, QueryTokens.of(tokenVectors, known));
        });
    }

    private long[] queryIds(String query) {
        return tokenizer.ids(identity.queryPrefix() + query);
    }

    private static float[] direction(float[] vector) {
        if (!UnitVector.exists(vector)) {
            throw new IllegalArgumentException(NO_DIRECTION);
        }
        return UnitVector.of(vector);
    }

    private <T> CompletableFuture<T> onThisThread(Supplier<T> answer) {
        try {
            return CompletableFuture.completedFuture(threads.inline(answer));
        } catch (EncoderFailure | RejectedExecutionException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
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
        if (quantizer == null) {
            return outcome(encoder.encode(ids), ids.length, null);
        }
        float[] tokenVectors = encoder.tokenVectors(ids);
        return outcome(
                encoder.pooled(tokenVectors, identity.dimension()),
                ids.length,
                quantizer.quantize(tokenVectors).bytes());
    }

    private List<EmbedOutcome> encode(List<long[]> texts) {
        List<float[]> vectors = encoder.encode(texts);
        List<EmbedOutcome> outcomes = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            outcomes.add(outcome(vectors.get(i), texts.get(i).length, null));
        }
        return outcomes;
    }

    private static EmbedOutcome outcome(float[] vector, int tokens, byte @Nullable [] tokenVectors) {
        return UnitVector.exists(vector)
                ? new EmbedOutcome.Embedded(UnitVector.of(vector), tokens, tokenVectors)
                : new EmbedOutcome.Rejected("no_direction", NO_DIRECTION);
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
