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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Runs an encoder in this process: passages in a pool of threads, queries on the caller's thread. */
final class OnnxEmbedder implements Embedder {
    private static final int MAX_OPEN_CALLS = 256;
    private static final String NO_DIRECTION = "The model gave the text a vector without a direction";

    private final ModelIdentity identity;
    private final ModelTokenizer tokenizer;
    private final Encoder encoder;
    private final EncoderThreads threads;
    private final TokenStatistics statistics;
    private final @Nullable TokenQuantizer quantizer;
    private final Semaphore openCalls = new Semaphore(MAX_OPEN_CALLS);

    /** @param statistics of the model's token vectors */
    OnnxEmbedder(
            ModelIdentity identity,
            ModelTokenizer tokenizer,
            Encoder encoder,
            int threads,
            TokenStatistics statistics,
            TokenVectorForm tokenVectors) {
        this.identity = identity;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.statistics = statistics;
        this.quantizer = tokenVectors == TokenVectorForm.OFF ? null : new TokenQuantizer(statistics, tokenVectors);
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
    public @Nullable TokenVectorIdentity tokenVectors() {
        return quantizer == null ? null : new TokenVectorIdentity(quantizer.form(), statistics.checksum());
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return query(query, (vector, tokenVectors) -> vector);
    }

    @Override
    public CompletableFuture<EmbeddedQuery> embedQueryTokens(String query) {
        return query(
                query, (vector, tokenVectors) -> new EmbeddedQuery(vector, QueryTokens.of(tokenVectors, statistics)));
    }

    /** @param answer of the text's vector and those of its tokens */
    private <T> CompletableFuture<T> query(String query, BiFunction<float[], float[], T> answer) {
        try {
            float[] tokenVectors =
                    threads.inline(() -> encoder.tokenVectors(tokenizer.ids(identity.queryPrefix() + query)));
            float[] vector = encoder.pooled(tokenVectors);
            return UnitVector.exists(vector)
                    ? CompletableFuture.completedFuture(answer.apply(UnitVector.of(vector), tokenVectors))
                    : CompletableFuture.failedFuture(new IllegalArgumentException(NO_DIRECTION));
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
        float[] tokenVectors = encoder.tokenVectors(ids);
        float[] vector = encoder.pooled(tokenVectors);
        if (!UnitVector.exists(vector)) {
            return new EmbedOutcome.Rejected("no_direction", NO_DIRECTION);
        }
        return new EmbedOutcome.Embedded(
                UnitVector.of(vector),
                ids.length,
                quantizer == null ? null : quantizer.quantize(tokenVectors).bytes());
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
