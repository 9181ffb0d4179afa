package dev.freshet.bench;

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
import java.util.function.ToDoubleFunction;
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

    private final List<IngestRound> encoderRounds = new ArrayList<>();
    private final List<IngestRound> pipelineRounds = new ArrayList<>();

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
        List<Corpus.Document> pages = handbook.get();
        List<String> arguments = new ArrayList<>(jobArguments);
        // Every round has the same texts: a job that remembers them embeds none after the first.
        arguments.add("--embed-memo-bytes=0");
        StackOptions options = StackOptions.wholeForTests(
                        Scratch.folder(project, "ingest-throughput"), arguments.toArray(String[]::new))
                .withoutApi();
        int threads = Runtime.getRuntime().availableProcessors();
        try (Embedder embedder = Embedders.open(EMBEDDER, threads);
                LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack)) {
            measure(new BareEncoder(embedder), pipeline, stack, pages);
        }
        report();
        return 0;
    }

    private void measure(BareEncoder bare, Pipeline pipeline, LocalStack stack, List<Corpus.Document> pages)
            throws InterruptedException {
        List<String> texts = texts(pages);
        System.out.printf("%,d documents, %,d texts%n", pages.size(), texts.size());
        for (int round = -warmUp; round < rounds; round++) {
            String tenant = "round-" + (round + warmUp);
            IngestRound encoder = IngestRound.of(CpuSeconds::ofBench, () -> bare.embed(texts));
            IngestRound whole = IngestRound.of(() -> CpuSeconds.of(stack), () -> pipeline.ingest(tenant, pages));
            Scratch.settle(stack);
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
            if (round >= 0) {
                encoderRounds.add(encoder);
                pipelineRounds.add(whole);
            }
        }
    }

    private static List<String> texts(List<Corpus.Document> pages) {
        ChunkTexts chunks = new ChunkTexts(EMBEDDER);
        return pages.stream()
                .flatMap(page -> chunks.of(Pipeline.change("texts", page)).stream())
                .toList();
    }

    private void report() {
        List<Double> ratios = new ArrayList<>();
        List<Double> cpuRatios = new ArrayList<>();
        for (int i = 0; i < encoderRounds.size(); i++) {
            IngestRound encoder = encoderRounds.get(i);
            IngestRound whole = pipelineRounds.get(i);
            ratios.add(whole.tokensPerSecond() / encoder.tokensPerSecond());
            cpuRatios.add(encoder.cpuOfAll() / whole.cpuOfAll());
        }
        long tokens = encoderRounds.getFirst().tokens();
        System.out.printf("%n%d rounds of %,d tokens; median (least–greatest)%n", ratios.size(), tokens);
        line("encoder alone, tokens/s", encoderRounds, IngestRound::tokensPerSecond, "%,.0f");
        line("pipeline, tokens/s", pipelineRounds, IngestRound::tokensPerSecond, "%,.0f");
        System.out.printf("%-28s%s%n", "pipeline / encoder", Spread.of(ratios).text("%.3f"));
        System.out.println("processor seconds for a million tokens");
        line("encoder alone", encoderRounds, IngestRound::cpuOfAll, "%.1f");
        line("pipeline, all processes", pipelineRounds, IngestRound::cpuOfAll, "%.1f");
        for (String name : pipelineRounds.getFirst().cpu().seconds().keySet()) {
            line("  " + name, pipelineRounds, round -> round.cpuOf(name), "%.1f");
        }
        System.out.printf(
                "%-28s%s%n", "encoder / pipeline", Spread.of(cpuRatios).text("%.3f"));
    }

    private static void line(
            String name, List<IngestRound> rounds, ToDoubleFunction<IngestRound> value, String format) {
        Spread spread = Spread.of(rounds.stream().map(value::applyAsDouble).toList());
        System.out.printf("%-28s%s%n", name, spread.text(format));
    }
}
