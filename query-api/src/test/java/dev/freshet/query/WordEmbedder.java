package dev.freshet.query;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.lateinteraction.TokenStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A vector is the sum of its words' directions: texts with the same words are near each other. */
final class WordEmbedder implements Embedder {
    /** Around zero, with the same spread everywhere. */
    private static final TokenStatistics STATISTICS = statistics();

    private volatile @Nullable RuntimeException failure;

    private static TokenStatistics statistics() {
        float[] spread = new float[IndexWrites.DIMENSION];
        Arrays.fill(spread, 1);
        return TokenStatistics.of(new float[IndexWrites.DIMENSION], spread);
    }

    /** From now on there is no answer. */
    void goDown() {
        failWith(new EmbedderUnavailableException("down", new IllegalStateException()));
    }

    /** From now on this is the answer to queries. */
    void failWith(RuntimeException answer) {
        failure = answer;
    }

    @Override
    public ModelIdentity identity() {
        return new ModelIdentity("words", "0", "sum", "", "", IndexWrites.DIMENSION, 512);
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        return CompletableFuture.completedFuture(passages.stream()
                .<EmbedOutcome>map(passage -> new EmbedOutcome.Embedded(vector(passage), 1))
                .toList());
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        RuntimeException answer = failure;
        return answer == null
                ? CompletableFuture.completedFuture(vector(query))
                : CompletableFuture.failedFuture(answer);
    }

    @Override
    public CompletableFuture<EmbeddedQuery> embedQueryTokens(String query) {
        return embedQuery(query).thenApply(vector -> new EmbeddedQuery(vector, QueryTokens.of(vector, STATISTICS)));
    }

    static float[] vector(String text) {
        float[] vector = new float[IndexWrites.DIMENSION];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            vector[Math.floorMod(word.hashCode(), vector.length)] += 1;
        }
        double length = 0;
        for (float component : vector) {
            length += component * component;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(length));
        }
        return vector;
    }

    @Override
    public void close() {}
}
