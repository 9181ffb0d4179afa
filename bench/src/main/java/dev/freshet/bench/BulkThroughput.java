package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Chunks per second of the whole ingest pipeline with vectors that cost nothing, beside a loop that only sends bulk requests. */
@Command(
        name = "BulkThroughput",
        mixinStandardHelpOptions = true,
        description = "Compares the ingest pipeline with a bare bulk loop, in turns: same documents, same OpenSearch.")
public final class BulkThroughput implements Callable<Integer> {
    private static final String EMBEDDER = "hash";

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds of each. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "2", description = "Rounds before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(names = "--documents", defaultValue = "800", description = "Of a round. Default: ${DEFAULT-VALUE}")
    private int documents;

    @Option(
            names = "--copies",
            defaultValue = "10",
            description = {
                "How often the documents come in a round, each time under other ids: a round shall be so long that the index",
                "merges while it goes on, in either turn. Default: ${DEFAULT-VALUE}"
            })
    private int copies;

    @Option(
            names = "--connections",
            defaultValue = "4",
            description = "Bulk requests under way in the loop, as many as the job has. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(names = "--job", description = "A further argument of the ingest job; may be repeated.")
    private List<String> jobArguments = List.of();

    @Option(
            names = "--jvm",
            description = "A further JVM flag of the TaskManager, a profiler's perhaps; may be repeated.")
    private List<String> flags = List.of();

    private final List<Double> bulk = new ArrayList<>();
    private final List<Double> pipeline = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<CpuSeconds> bulkCpu = new ArrayList<>();
    private final List<CpuSeconds> pipelineCpu = new ArrayList<>();
    private long chunksOfARound;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BulkThroughput()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        Optional<List<Corpus.Document>> handbook = SharedData.handbook(project, documents);
        if (handbook.isEmpty()) {
            return 0;
        }
        List<Corpus.Document> pages = copies(handbook.get());
        List<String> job = new ArrayList<>(List.of("--embedder", EMBEDDER));
        job.addAll(jobArguments);
        StackOptions options = StackOptions.wholeForTests(
                        Scratch.folder(project, "bulk-throughput"), job.toArray(String[]::new))
                .withTaskManagerFlags(flags.toArray(String[]::new))
                .withoutApi();
        Chunker chunker = Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, EMBEDDER);
        try (Embedder embedder = Embedders.open(EMBEDDER, 1);
                LocalStack stack = LocalStack.start(options);
                OpenSearchConnection connection =
                        OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(stack.openSearch())));
                Pipeline whole = new Pipeline(stack)) {
            BareBulk bare = new BareBulk(connection, chunker, embedder, connections);
            for (int round = -warmUp; round < rounds; round++) {
                measure(round, bare, whole, stack, pages);
            }
        }
        report();
        return 0;
    }

    private List<Corpus.Document> copies(List<Corpus.Document> pages) {
        return IntStream.range(0, copies)
                .boxed()
                .flatMap(copy -> pages.stream().map(page -> page.as(copy + "/" + page.id())))
                .toList();
    }

    /** The two take turns in who comes first: the index grows, and grows slower. */
    private void measure(int round, BareBulk bare, Pipeline whole, LocalStack stack, List<Corpus.Document> pages)
            throws InterruptedException {
        String tenant = "round-" + (round + warmUp);
        List<List<IndexWrite>> requests = bare.prepare("bare-" + tenant, pages);
        long chunks = BareBulk.chunks(requests);
        chunksOfARound = chunks;
        double bareSeconds = 0;
        double wholeSeconds = 0;
        for (int turn = 0; turn < 2; turn++) {
            Scratch.settle(stack);
            CpuSeconds before = CpuSeconds.of(stack);
            long start = System.nanoTime();
            if ((turn == 0) == (round % 2 == 0)) {
                bare.send(requests);
                bareSeconds = (System.nanoTime() - start) / 1e9;
                add(round, bulkCpu, CpuSeconds.of(stack).since(before));
            } else {
                whole.ingest(tenant, pages);
                wholeSeconds = (System.nanoTime() - start) / 1e9;
                add(round, pipelineCpu, CpuSeconds.of(stack).since(before));
            }
        }
        System.out.printf(
                "%s %,d chunks: bulk loop %,.0f chunks/s, pipeline %,.0f chunks/s, ratio %.3f%n",
                round < 0 ? "warm-up" : "round " + (round + 1),
                chunks,
                chunks / bareSeconds,
                chunks / wholeSeconds,
                bareSeconds / wholeSeconds);
        if (round >= 0) {
            bulk.add(chunks / bareSeconds);
            pipeline.add(chunks / wholeSeconds);
            ratios.add(bareSeconds / wholeSeconds);
        }
    }

    private static void add(int round, List<CpuSeconds> all, CpuSeconds spent) {
        if (round >= 0) {
            all.add(spent);
        }
    }

    private void report() {
        System.out.printf("%n%d rounds; median (least–greatest)%n", ratios.size());
        System.out.printf("%-28s%s%n", "bulk loop, chunks/s", Spread.of(bulk).text("%,.0f"));
        System.out.printf("%-28s%s%n", "pipeline, chunks/s", Spread.of(pipeline).text("%,.0f"));
        System.out.printf("%-28s%s%n", "pipeline / bulk loop", Spread.of(ratios).text("%.3f"));
        System.out.println("processor milliseconds for a chunk");
        for (String name : pipelineCpu.getFirst().seconds().keySet()) {
            System.out.printf("  %-26s%s  beside %s%n", name, millis(pipelineCpu, name), millis(bulkCpu, name));
        }
        List<Double> cpuRatios = new ArrayList<>();
        for (int i = 0; i < pipelineCpu.size(); i++) {
            cpuRatios.add(bulkCpu.get(i).total() / pipelineCpu.get(i).total());
        }
        System.out.printf(
                "%-28s%s%n", "bulk loop / pipeline", Spread.of(cpuRatios).text("%.3f"));
    }

    private String millis(List<CpuSeconds> rounds, String name) {
        return Spread.of(rounds.stream()
                        .map(round -> round.of(name) * 1e3 / chunksOfARound)
                        .toList())
                .text("%.2f");
    }
}
