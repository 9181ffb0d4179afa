package dev.freshet.engines.embedding;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * No model: every word adds to one dimension, so texts are as similar as the words they share. Its vectors cost next to nothing,
 * which leaves the rest of the pipeline to be measured; nobody should search with them.
 */
final class HashEmbedder implements Embedder {
    static final String NAME = "hash";
    static final int DIMENSION = 384;
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

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
        return answer(() -> passages.stream().map(this::embed).toList());
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return answer(() -> vector(words(query)));
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

    private EmbedOutcome embed(String text) {
        String[] words = words(text);
        return new EmbedOutcome.Embedded(vector(words), Math.max(1, words.length));
    }

    /** The tokens of a text, as {@link #embedPassages} counts them. */
    static int tokens(String text) {
        return Math.max(1, words(text).length);
    }

    private static String[] words(String text) {
        return NOT_WORD.split(text.toLowerCase(Locale.ROOT));
    }

    private float[] vector(String[] words) {
        float[] vector = new float[identity.dimension()];
        for (String word : words) {
            vector[Math.floorMod(word.hashCode() * 0x9E3779B9, vector.length)] += 1;
        }
        double square = 0;
        for (float component : vector) {
            square += component * component;
        }
        if (square == 0) {
            vector[0] = 1;
            return vector;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }
}
