package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How heap and checkpoints of the job grow with the documents that it knows. */
@Command(
        name = "LargeState",
        mixinStandardHelpOptions = true,
        description = "Sends many documents, and reports heap and checkpoints in between.")
public final class LargeState implements Callable<Integer> {
    private static final double MIB = 1 << 20;
    private static final int WORDS = 5_000;

    @Option(names = "--documents", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}")
    private int documents;

    @Option(names = "--steps", defaultValue = "10", description = "Reports. Default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(names = "--words", defaultValue = "200", description = "Of a document. Default: ${DEFAULT-VALUE}")
    private int words;

    @Option(
            names = "--heap",
            defaultValue = "768m",
            description = "Of the TaskManager, which has 256 MB for RocksDB beside it. Default: ${DEFAULT-VALUE}")
    private String heap = "";

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LargeState()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        StackOptions options = StackOptions.wholeForTests(Scratch.folder(project, "large-state"), "--embedder", "hash")
                .withTaskManagerFlags("-Xmx" + heap)
                .withoutApi();
        try (LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack);
                FlinkFigures figures = new FlinkFigures(stack)) {
            System.out.println(
                    "documents  docs/s  heap after GC, MiB  heap most, MiB  checkpoint MiB  new of it MiB  seconds");
            int done = 0;
            for (int step = 1; step <= steps; step++) {
                int upTo = (int) ((long) documents * step / steps);
                List<Corpus.Document> batch = new ArrayList<>();
                for (int i = done; i < upTo; i++) {
                    batch.add(new Corpus.Document("doc-" + i, null, "text/plain", text(i)));
                }
                HeapWatch watch = new HeapWatch(figures);
                long start = System.nanoTime();
                pipeline.ingest("default", batch);
                double seconds = (System.nanoTime() - start) / 1e9;
                long most = watch.end();
                JsonNode checkpoint = nextCheckpoint(figures);
                System.out.printf(
                        "%9d  %6.0f  %18.0f  %14.0f  %14.1f  %13.1f  %7.2f%n",
                        upTo,
                        batch.size() / seconds,
                        watch.least() / MIB,
                        most / MIB,
                        checkpoint.path("state_size").asLong() / MIB,
                        checkpoint.path("checkpointed_size").asLong() / MIB,
                        checkpoint.path("end_to_end_duration").asLong() / 1e3);
                done = upTo;
            }
        }
        return 0;
    }

    /** One that began after now, so that it has all that was acknowledged. */
    private static JsonNode nextCheckpoint(FlinkFigures figures) throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (System.nanoTime() < deadline) {
            JsonNode checkpoint = figures.lastCheckpoint();
            if (checkpoint.path("trigger_timestamp").asLong() >= now) {
                return checkpoint;
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("no checkpoint was completed in two minutes: see the logs of the stack");
    }

    /** Words by Zipf's law, the same for the same number. */
    private String text(int number) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            int rank = (int) Math.floor(Math.exp(random.nextDouble() * Math.log(WORDS)));
            text.append(Integer.toString(rank * 7_919, 36)).append(i % 12 == 11 ? ". " : " ");
        }
        return text.toString();
    }
}
