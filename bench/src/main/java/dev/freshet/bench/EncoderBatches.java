package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.embed.Embedder;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tokens per second of an exported encoder, by how many tokens share a call; on the chunks of handbook pages, in turns. */
@Command(
        name = "EncoderBatches",
        mixinStandardHelpOptions = true,
        description = "Compares sizes of an exported encoder's calls, in turns.")
public final class EncoderBatches implements Callable<Integer> {
    @Option(names = "--embedder-model-path", required = true, description = "As the ingest job takes it.")
    private String path = "";

    @Option(names = "--embedder-pooling", description = "As the ingest job takes it.")
    private @Nullable String pooling;

    @Option(names = "--embedder-device", defaultValue = "auto", description = "As the ingest job takes it.")
    private String device = "";

    @Option(
            names = "--embedder-batch-tokens",
            split = ",",
            defaultValue = "1,256,512,1024,2048,4096",
            description = "The sizes to compare; 1: every text alone. Default: ${DEFAULT-VALUE}")
    private List<Integer> sizes = List.of();

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds of each. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--documents", defaultValue = "60", description = "Of a round. Default: ${DEFAULT-VALUE}")
    private int documents;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EncoderBatches()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Optional<List<Corpus.Document>> handbook =
                SharedData.handbook(Path.of("").toAbsolutePath(), documents);
        if (handbook.isEmpty()) {
            return 0;
        }
        ChunkTexts chunks = new ChunkTexts("minilm", ChunkSize.DEFAULT);
        List<String> texts = handbook.get().stream()
                .flatMap(page -> chunks.of(Pipeline.change("texts", page)).stream())
                .toList();
        Map<Integer, Embedder> embedders = new LinkedHashMap<>();
        try {
            for (int size : sizes) {
                embedders.put(size, open(size));
            }
            measure(embedders, texts);
        } finally {
            embedders.values().forEach(Embedder::close);
        }
        return 0;
    }

    private Embedder open(int size) {
        int threads = Runtime.getRuntime().availableProcessors();
        OnnxOptions options = new OnnxOptions(path, pooling, null, null, 0, device, size);
        return Embedders.open(new EmbedderSettings(Embedders.ONNX, threads, null, options));
    }

    private void measure(Map<Integer, Embedder> embedders, List<String> texts) {
        Map<Integer, List<IngestRound>> measured = new LinkedHashMap<>();
        // The first round warms up.
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<Integer, Embedder> embedder : embedders.entrySet()) {
                BareEncoder bare = new BareEncoder(embedder.getValue());
                IngestRound done = IngestRound.of(CpuSeconds::ofBench, () -> bare.embed(texts));
                if (round > 0) {
                    measured.computeIfAbsent(embedder.getKey(), size -> new ArrayList<>())
                            .add(done);
                }
            }
        }
        System.out.printf("%,d texts, %d rounds; median (least–greatest)%n", texts.size(), rounds);
        measured.forEach((size, values) -> System.out.printf(
                "%6d tokens of a call  %s tokens/s  %s processor seconds for a million tokens%n",
                size,
                spread(values, IngestRound::tokensPerSecond, "%,.0f"),
                spread(values, IngestRound::cpuOfAll, "%.1f")));
    }

    private static String spread(List<IngestRound> rounds, ToDoubleFunction<IngestRound> value, String format) {
        return Spread.of(rounds.stream().map(value::applyAsDouble).toList()).text(format);
    }
}
