package dev.freshet.ingest;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.ingest.revise.ChunkerFactory;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How texts are cut. */
final class ChunkOptions {
    @Option(
            names = "--chunker",
            defaultValue = "auto",
            description = "auto (by content type), markdown, html, code, sentence, recursive or fixed. "
                    + "Default: ${DEFAULT-VALUE}")
    String chunker = "";

    @Option(
            names = "--chunk-minimum",
            defaultValue = "40",
            description = "In tokens; at most half the target. Default: ${DEFAULT-VALUE}")
    int chunkMinimum;

    @Option(
            names = "--chunk-target",
            defaultValue = "160",
            description = "The size that most chunks are near to. Default: ${DEFAULT-VALUE}")
    int chunkTarget;

    @Option(
            names = "--chunk-maximum",
            defaultValue = "240",
            description =
                    "At least the target; what is larger than the encoder reads is cut for it. Default: ${DEFAULT-VALUE}")
    int chunkMaximum;

    /** Of the options as they are; {@link #problems} must be none. */
    ChunkerFactory factory(EmbedderSettings embedder) {
        // What a factory captures travels to the cluster.
        ChunkStrategy strategy = ChunkStrategy.of(chunker);
        int minimum = chunkMinimum;
        int target = chunkTarget;
        int maximum = chunkMaximum;
        return () -> Chunkers.open(strategy, new ChunkSize(minimum, target, maximum), embedder);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        IngestOptions.check(
                ChunkStrategy.labels().contains(chunker),
                "--chunker must be one of " + String.join(", ", ChunkStrategy.labels()),
                problems);
        problems.addAll(ChunkSize.problems(chunkMinimum, chunkTarget, chunkMaximum));
        return problems;
    }
}
