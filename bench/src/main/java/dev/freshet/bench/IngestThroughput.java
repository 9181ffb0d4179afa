package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.embed.Embedder;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tokens per second of the whole ingest pipeline, beside those of its encoder alone on the same texts. */
@Command(
        name = "IngestThroughput",
        mixinStandardHelpOptions = true,
        description = "Compares the ingest pipeline with its encoder alone, in turns.")
public final class IngestThroughput implements Callable<Integer> {
    private static final String EMBEDDER = "minilm";

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds of each. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "2", description = "Rounds before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(names = "--documents", defaultValue = "400", description = "Of a round. Default: ${DEFAULT-VALUE}")
    private int documents;

    @Option(names = "--job", description = "A further argument of the ingest job; may be repeated.")
    private List<String> jobArguments = List.of();

    @Option(
            names = "--jvm",
            description = "A further JVM flag of the TaskManager, a profiler's perhaps; may be repeated.")
    private List<String> flags = List.of();

    @Option(
            names = "--chunk-target",
            split = ",",
            description = {
                "Sizes of chunks, each measured for itself; the minimum is a quarter of it and the maximum one and a half times,",
                "as the default's are. Default: that of the job, once."
            })
    private List<Integer> chunkTargets = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IngestThroughput()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        Optional<List<Corpus.Document>> handbook = SharedData.handbook(project, documents);
        if (handbook.isEmpty()) {
            return 0;
        }
        List<ChunkSize> sizes = chunkTargets.isEmpty()
                ? List.of(ChunkSize.DEFAULT)
                : chunkTargets.stream().map(IngestThroughput::around).toList();
        List<IngestRounds> measured = new ArrayList<>();
        for (ChunkSize size : sizes) {
            measured.add(measure(project, size, handbook.get()));
        }
        if (measured.size() > 1) {
            IngestRounds.summary(measured);
        }
        return 0;
    }

    private static ChunkSize around(int target) {
        return new ChunkSize(target / 4, target, target + target / 2);
    }

    private IngestRounds measure(Path project, ChunkSize size, List<Corpus.Document> pages)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--chunk-minimum=" + size.minimum(),
                "--chunk-target=" + size.target(),
                "--chunk-maximum=" + size.maximum()));
        arguments.addAll(jobArguments);
        // Every round has the same texts: a job that remembers them embeds none after the first.
        arguments.add("--embed-memo-bytes=0");
        StackOptions options = StackOptions.wholeForTests(
                        Scratch.folder(project, "ingest-throughput"), arguments.toArray(String[]::new))
                .withTaskManagerFlags(flags.toArray(String[]::new))
                .withoutApi();
        List<String> texts = texts(size, pages);
        System.out.printf("%nchunks of %s: %,d documents, %,d texts%n", size, pages.size(), texts.size());
        IngestRounds measured = new IngestRounds(size, texts.size());
        int threads = Runtime.getRuntime().availableProcessors();
        try (Embedder embedder = Embedders.open(EMBEDDER, threads);
                LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack)) {
            BareEncoder bare = new BareEncoder(embedder);
            for (int round = -warmUp; round < rounds; round++) {
                String tenant = "round-" + (round + warmUp);
                IngestRound encoder = IngestRound.of(CpuSeconds::ofBench, () -> bare.embed(texts));
                IngestRound whole = IngestRound.of(() -> CpuSeconds.of(stack), () -> pipeline.ingest(tenant, pages));
                Scratch.settle(stack);
                print(round, encoder, whole);
                if (round >= 0) {
                    measured.add(encoder, whole);
                }
            }
        }
        measured.report();
        return measured;
    }

    private static void print(int round, IngestRound encoder, IngestRound whole) {
        if (encoder.tokens() != whole.tokens()) {
            throw new IllegalStateException("the pipeline embedded %d tokens, the encoder alone %d"
                    .formatted(whole.tokens(), encoder.tokens()));
        }
        System.out.printf(
                "%s encoder %,.0f tokens/s, pipeline %,.0f tokens/s, ratio %.3f%n",
                round < 0 ? "warm-up" : "round " + (round + 1),
                encoder.tokensPerSecond(),
                whole.tokensPerSecond(),
                whole.tokensPerSecond() / encoder.tokensPerSecond());
    }

    private static List<String> texts(ChunkSize size, List<Corpus.Document> pages) {
        ChunkTexts chunks = new ChunkTexts(EMBEDDER, size);
        return pages.stream()
                .flatMap(page -> chunks.of(Pipeline.change("texts", page)).stream())
                .toList();
    }
}
