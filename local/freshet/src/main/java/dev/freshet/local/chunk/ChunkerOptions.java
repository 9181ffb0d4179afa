package dev.freshet.local.chunk;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the ingest job cuts texts; the defaults are the job's. */
public final class ChunkerOptions {
    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            defaultValue = "minilm",
            description = "As the job has it: its tokenizer decides where chunks end (${DEFAULT-VALUE}).")
    private String embedder = "";

    @Option(
            names = "--embedder-model-path",
            paramLabel = "PATH",
            description = "Of --embedder onnx, as the job has it.")
    private @Nullable String modelPath;

    @Option(
            names = "--chunker",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, markdown, html, code, sentence, recursive or fixed (${DEFAULT-VALUE}).")
    private String chunker = "";

    @Option(names = "--chunk-minimum", paramLabel = "TOKENS", description = "As the job has it (${DEFAULT-VALUE}).")
    private int minimum = ChunkSize.DEFAULT.minimum();

    @Option(names = "--chunk-target", paramLabel = "TOKENS", description = "As the job has it (${DEFAULT-VALUE}).")
    private int target = ChunkSize.DEFAULT.target();

    @Option(names = "--chunk-maximum", paramLabel = "TOKENS", description = "As the job has it (${DEFAULT-VALUE}).")
    private int maximum = ChunkSize.DEFAULT.maximum();

    /** All that is wrong with the options, in words; empty when a chunker can be opened. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!embedder.equals(Embedders.OPENAI)) {
            problems.addAll(embedder().problems());
        }
        if (!ChunkStrategy.labels().contains(chunker)) {
            problems.add("--chunker must be one of " + String.join(", ", ChunkStrategy.labels()));
        }
        problems.addAll(ChunkSize.problems(minimum, target, maximum));
        return problems;
    }

    /**
     * Opens the chunker.
     *
     * @throws dev.freshet.core.embed.EmbedderMisconfiguredException when an exported encoder has no tokenizer that can be used
     */
    public Chunker open() {
        return Chunkers.open(ChunkStrategy.of(chunker), new ChunkSize(minimum, target, maximum), embedder());
    }

    /** What its tokenizer needs; nothing embeds here. */
    EmbedderSettings embedder() {
        OnnxOptions exported = modelPath == null ? null : OnnxOptions.at(modelPath);
        return new EmbedderSettings(embedder, 1, null, exported);
    }
}
