package dev.freshet.engines.embedding;

import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts tokens as the encoders of {@link Embedders} see them; those of a provider are counted as the default encoder would see them. */
public final class Tokenizers {
    // A vocabulary is small and every job needs at most two: kept for the life of the process.
    private static final Map<BuiltInModel, TokenCounter> OPEN = new ConcurrentHashMap<>();
    private static final Map<OnnxOptions, TokenCounter> EXPORTED = new ConcurrentHashMap<>();

    private Tokenizers() {}

    /**
     * The token counter of an embedder, one per process.
     *
     * @throws dev.freshet.core.embed.EmbedderMisconfiguredException when an exported encoder has no tokenizer that can be used
     */
    public static TokenCounter open(EmbedderSettings embedder) {
        OnnxOptions exported = embedder.exported();
        return exported == null
                ? open(embedder.name())
                : EXPORTED.computeIfAbsent(
                        exported, options -> TokenizerFile.read(options).counter());
    }

    /**
     * The token counter of an embedder that needs no more settings than a name, one per process.
     *
     * @param name one of {@link Embedders#names()}, except {@link Embedders#ONNX}
     * @throws IllegalArgumentException when the name is unknown
     */
    public static TokenCounter open(String name) {
        if (name.equals(HashEmbedder.NAME)) {
            return HashEmbedder::tokens;
        }
        if (name.equals(Embedders.OPENAI)) {
            // A provider's own tokenizer is not known here; sizes of chunks are to be comparable.
            return open(BuiltInModel.MINILM.shortName());
        }
        return OPEN.computeIfAbsent(BuiltInModel.named(name), Tokenizers::counter);
    }

    /**
     * The same counts, every one from the tokenizer that the encoder reads its texts with: slower, and what a faster way is measured by.
     *
     * @throws IllegalArgumentException when there is no such encoder, or it has no tokenizer
     */
    public static TokenCounter ofTheEncoder(String name) {
        return ModelTokenizer.unlimited(BuiltInModel.named(name).tokenizer())::count;
    }

    private static TokenCounter counter(BuiltInModel model) {
        byte[] json = model.tokenizer();
        AsciiWordPiece ascii = new AsciiWordPiece(json);
        ModelTokenizer tokenizer = ModelTokenizer.unlimited(json);
        return text -> ascii.count(text).orElseGet(() -> tokenizer.count(text));
    }
}
