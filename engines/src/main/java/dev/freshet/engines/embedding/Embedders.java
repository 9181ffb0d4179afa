package dev.freshet.engines.embedding;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.engines.embedding.openai.OpenAiEmbedder;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens the encoders that come with Freshet, a provider that embeds elsewhere, and {@code hash}, which is no model and serves load
 * tests.
 */
public final class Embedders {
    /** Any server that speaks {@code POST /v1/embeddings}. */
    public static final String OPENAI = "openai";

    private Embedders() {}

    /** The names that {@link #open} knows. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(BuiltInModel.names());
        names.add(HashEmbedder.NAME);
        names.add(OPENAI);
        return names;
    }

    /**
     * Opens an embedder of its own; where several parts of a process embed, {@link SharedEmbedder} saves memory.
     *
     * @throws IllegalArgumentException when the settings have {@link EmbedderSettings#problems}
     * @throws IllegalStateException when the model is not on the class path
     * @throws dev.freshet.core.embed.EmbedderMisconfiguredException see {@link OpenAiEmbedder#open}
     * @throws dev.freshet.core.embed.EmbedderUnavailableException see {@link OpenAiEmbedder#open}
     */
    public static Embedder open(EmbedderSettings settings) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return settings.provider() == null
                ? encoder(settings.name(), settings.threads(), settings.tokenVectors())
                : OpenAiEmbedder.open(settings.provider());
    }

    /**
     * Opens an encoder that runs in this process.
     *
     * @param name one of {@link #names()}, except {@link #OPENAI}, which needs more settings
     * @param threads that encode passages; queries run on their callers' threads
     */
    public static Embedder open(String name, int threads) {
        return open(new EmbedderSettings(name, threads));
    }

    /** Whether the embedder of that name knows what {@link EmbedderSettings#tokenVectors} may ask for. */
    static boolean tellTokenVectors(String name) {
        return BuiltInModel.names().contains(name);
    }

    private static Embedder encoder(String name, int threads, TokenVectorForm tokenVectors) {
        if (name.equals(HashEmbedder.NAME)) {
            return new HashEmbedder(HashEmbedder.DIMENSION);
        }
        BuiltInModel model = BuiltInModel.named(name);
        byte[] graph = model.graph();
        ModelIdentity identity = model.identity(graph);
        ModelTokenizer tokenizer = ModelTokenizer.truncating(model.tokenizer(), identity.maxTokens());
        Encoder encoder = Encoder.open(graph, model.pooling(), identity.dimension());
        return new OnnxEmbedder(identity, tokenizer, encoder, threads, model.tokenStatistics(), tokenVectors);
    }
}
