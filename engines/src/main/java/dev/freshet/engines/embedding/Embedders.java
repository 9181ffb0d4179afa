package dev.freshet.engines.embedding;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import java.util.ArrayList;
import java.util.List;

/** Opens the encoders that come with Freshet, and {@code hash}, which is none and serves load tests. */
public final class Embedders {
    private Embedders() {}

    /** The names that {@link #open} knows. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(BuiltInModel.names());
        names.add(HashEmbedder.NAME);
        return names;
    }

    /**
     * Opens an encoder of its own; where several parts of a process embed, {@link SharedEmbedder} saves memory.
     *
     * @param name one of {@link #names()}
     * @param threads that encode passages; queries run on their callers' threads
     * @throws IllegalArgumentException when the name is unknown
     * @throws IllegalStateException when the model is not on the class path
     */
    public static Embedder open(String name, int threads) {
        if (name.equals(HashEmbedder.NAME)) {
            return new HashEmbedder(HashEmbedder.DIMENSION);
        }
        BuiltInModel model = BuiltInModel.named(name);
        byte[] graph = model.graph();
        ModelIdentity identity = model.identity(graph);
        ModelTokenizer tokenizer = ModelTokenizer.truncating(model.tokenizer(), identity.maxTokens());
        Encoder encoder = Encoder.open(graph, model.pooling(), identity.dimension());
        return new OnnxEmbedder(identity, tokenizer, encoder, threads);
    }
}
