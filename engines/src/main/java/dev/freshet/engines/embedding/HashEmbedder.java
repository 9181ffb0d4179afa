package dev.freshet.engines.embedding;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * No model: every word adds to one dimension, so texts are as similar as the words they share. Its vectors cost next to nothing,
 * which leaves the rest of the pipeline to be measured; nobody should search with them.
 */
final class HashEmbedder implements Embedder {
    static final String NAME = "hash";
    static final int DIMENSION = 384;

    private final ModelIdentity identity;
    private volatile boolean closed;

    HashEmbedder(int dimension) {
        this.identity = new ModelIdentity(NAME, "", "provider", "", "", dimension, Integer.MAX_VALUE);
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        return answer(() -> passages.stream().<EmbedOutcome>map(this::embed).toList());
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return answer(() -> embed(query).vector());
    }

    @Override
    public void close() {
        closed = true;
    }

    private <T> CompletableFuture<T> answer(Supplier<T> work) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new EmbedderUnavailableException("The embedder is closed", new IllegalStateException("closed")));
        }
        return CompletableFuture.completedFuture(work.get());
    }

    private EmbedOutcome.Embedded embed(String text) {
        float[] vector = new float[identity.dimension()];
        int words = forEachWord(text, hash -> vector[Math.floorMod(hash * 0x9E3779B9, vector.length)] += 1);
        return new EmbedOutcome.Embedded(normalised(vector), Math.max(1, words));
    }

    /** The tokens of a text, as {@link #embedPassages} counts them. */
    static int tokens(String text) {
        return Math.max(1, forEachWord(text, hash -> {}));
    }

    /** Hands on a hash of every run of letters and digits, whatever their case; returns the number of runs. */
    private static int forEachWord(String text, IntConsumer word) {
        int words = 0;
        int hash = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isLetterOrDigit(character)) {
                hash = 31 * hash + Character.toLowerCase(character);
                inside = true;
            } else if (inside) {
                word.accept(hash);
                words++;
                hash = 0;
                inside = false;
            }
        }
        if (inside) {
            word.accept(hash);
            words++;
        }
        return words;
    }

    private static float[] normalised(float[] vector) {
        double square = 0;
        for (float component : vector) {
            square += component * component;
        }
        if (square == 0) {
            vector[0] = 1;
            return vector;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
