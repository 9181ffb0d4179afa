package dev.freshet.core.embed;

import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Turns texts into vectors with one model. Safe for concurrent use. */
public interface Embedder extends AutoCloseable {
    /** The model; vectors of different identities must never meet in one index. */
    ModelIdentity identity();

    /**
     * Embeds texts to be found. A provider is sent one request for it, once: when to send it again is for the caller to say.
     *
     * @return one outcome per text, in their order; fails with {@link EmbedderUnavailableException} when the
     *     model cannot be reached now, and the same call may succeed later; with {@link BatchRefusedException} when one of the
     *     texts is at fault, and it did not find out which; with {@link EmbedderMisconfiguredException} when somebody must do
     *     something first
     */
    CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages);

    /**
     * Embeds a query.
     *
     * @return a vector of {@link ModelIdentity#dimension()} floats of length 1
     */
    CompletableFuture<float[]> embedQuery(String query);

    /** Embeds a query, and tells the vectors of its tokens too where the model can. */
    default CompletableFuture<EmbeddedQuery> embedQueryTokens(String query) {
        return embedQuery(query).thenApply(vector -> new EmbeddedQuery(vector, null));
    }

    /** The token vectors that {@link #embedPassages} gives beside the vectors; null where it gives none. */
    default @Nullable TokenVectorIdentity tokenVectors() {
        return null;
    }

    @Override
    void close();
}
