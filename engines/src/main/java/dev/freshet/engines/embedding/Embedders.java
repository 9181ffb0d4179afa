package dev.freshet.engines.embedding;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.engines.embedding.openai.OpenAiEmbedder;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens the encoders that come with Freshet, those that somebody exported, a provider that embeds elsewhere, and {@code hash}, which is no model and serves load
 * tests.
 */
public final class Embedders {
    /** Any server that speaks {@code POST /v1/embeddings}. */
    public static final String OPENAI = "openai";

    /** Any encoder that was exported to ONNX, by its path. */
    public static final String ONNX = "onnx";

    private Embedders() {}

    /** The names that {@link #open} knows. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(BuiltInModel.names());
        names.add(ONNX);
        names.add(HashEmbedder.NAME);
        names.add(OPENAI);
        return names;
    }

    /**
     * Opens an embedder of its own; where several parts of a process embed, {@link SharedEmbedder} saves memory.
     *
     * @throws IllegalArgumentException when the settings have {@link EmbedderSettings#problems}
     * @throws IllegalStateException when the model is not on the class path
     * @throws dev.freshet.core.embed.EmbedderMisconfiguredException when an exported encoder cannot be used, or
     *     see {@link OpenAiEmbedder#open}
     * @throws dev.freshet.core.embed.EmbedderUnavailableException see {@link OpenAiEmbedder#open}
     */
    public static Embedder open(EmbedderSettings settings) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        if (settings.provider() != null) {
            return OpenAiEmbedder.open(settings.provider());
        }
        return settings.exported() == null
                ? encoder(settings.name(), settings.threads(), settings.tokenVectors())
                : ExportedEncoder.open(settings.exported(), settings.threads());
    }

    /**
     * Opens an encoder that runs in this process.
     *
     * @param name one of {@link #names()}, except {@link #ONNX} and {@link #OPENAI}, which need more settings
     * @param threads that encode passages; queries run on their callers' threads
     */
    public static Embedder open(String name, int threads) {
        return open(new EmbedderSettings(name, threads));
    }

    /** Whether the embedder of that name knows what {@link EmbedderSettings#tokenVectors} may ask for. */
    public static boolean tellTokenVectors(String name) {
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
        Encoder encoder = Encoder.open(graph, model.pooling());
        return new OnnxEmbedder(identity, tokenizer, encoder, threads, model.tokenStatistics(), tokenVectors);
    }
}
