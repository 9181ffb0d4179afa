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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tokens per second of an exported encoder, by how many tokens share a call; on the chunks of handbook pages, in turns. */
@Command(
        name = "EncoderSpeed",
        mixinStandardHelpOptions = true,
        description = "Compares encoders, and sizes of an exported encoder's calls, in turns.")
public final class EncoderSpeed implements Callable<Integer> {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--embedders",
            split = ",",
            defaultValue = "minilm,bge-small",
            description = "Built-in ones to compare. Default: ${DEFAULT-VALUE}")
    private List<String> builtIn = List.of();

    @Option(
            names = "--embedder-model-path",
            description = "As the ingest job takes it: sizes of its calls are compared too.")
    private @Nullable String path;

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
        System.exit(new CommandLine(new EncoderSpeed()).execute(arguments));
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
        Map<String, Embedder> embedders = new LinkedHashMap<>();
        try {
            for (String name : builtIn) {
                embedders.put(name, Embedders.open(new EmbedderSettings(name, THREADS)));
            }
            for (int size : path == null ? List.<Integer>of() : sizes) {
                embedders.put(size + " tokens of a call", exported(Objects.requireNonNull(path), size));
            }
            measure(embedders, texts);
        } finally {
            embedders.values().forEach(Embedder::close);
        }
        return 0;
    }

    private Embedder exported(String model, int size) {
        OnnxOptions options = new OnnxOptions(model, pooling, null, null, 0, device, size);
        return Embedders.open(new EmbedderSettings(Embedders.ONNX, THREADS, null, options));
    }

    private void measure(Map<String, Embedder> embedders, List<String> texts) {
        Map<String, List<IngestRound>> measured = new LinkedHashMap<>();
        // The first round warms up.
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Embedder> embedder : embedders.entrySet()) {
                BareEncoder bare = new BareEncoder(embedder.getValue());
                IngestRound done = IngestRound.of(CpuSeconds::ofBench, () -> bare.embed(texts));
                if (round > 0) {
                    measured.computeIfAbsent(embedder.getKey(), name -> new ArrayList<>())
                            .add(done);
                }
            }
        }
        System.out.printf("%,d texts, %d rounds; median (least–greatest)%n", texts.size(), rounds);
        measured.forEach((name, values) -> System.out.printf(
                "%-24s  %s tokens/s  %s processor seconds for a million tokens%n",
                name,
                spread(values, IngestRound::tokensPerSecond, "%,.0f"),
                spread(values, IngestRound::cpuOfAll, "%.1f")));
    }

    private static String spread(List<IngestRound> rounds, ToDoubleFunction<IngestRound> value, String format) {
        return Spread.of(rounds.stream().map(value::applyAsDouble).toList()).text(format);
    }
}
