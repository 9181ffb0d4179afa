package dev.freshet.bench;

import dev.freshet.local.flink.CheckpointProgress.Checkpoint;
import dev.freshet.local.flink.FlinkRest;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final Duration CHECKPOINT_DEADLINE = Duration.ofMinutes(2);
    private static final Duration CHECKPOINT_LOOK = Duration.ofMillis(500);

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
                Pipeline pipeline = new Pipeline(stack)) {
            System.out.println(
                    "documents  docs/s  heap after GC, MiB  heap most, MiB  checkpoint MiB  new of it MiB  seconds");
            int done = 0;
            for (int step = 1; step <= steps; step++) {
                int upTo = (int) ((long) documents * step / steps);
                List<Corpus.Document> batch = new ArrayList<>();
                for (int i = done; i < upTo; i++) {
                    batch.add(new Corpus.Document("doc-" + i, null, "text/plain", text(i)));
                }
                measure(stack, pipeline, upTo, batch);
                done = upTo;
            }
        }
        return 0;
    }

    private static void measure(LocalStack stack, Pipeline pipeline, int upTo, List<Corpus.Document> batch)
            throws IOException, InterruptedException {
        try (HeapWatch heap = new HeapWatch(stack.jobMetrics())) {
            long start = System.nanoTime();
            pipeline.ingest("default", batch);
            double seconds = (System.nanoTime() - start) / 1e9;
            heap.end();
            Checkpoint checkpoint = nextCheckpoint(stack);
            System.out.printf(
                    "%9d  %6.0f  %18.0f  %14.0f  %14.1f  %13.1f  %7.2f%n",
                    upTo,
                    batch.size() / seconds,
                    heap.least() / MIB,
                    heap.most() / MIB,
                    checkpoint.stateBytes() / MIB,
                    checkpoint.newBytes() / MIB,
                    Duration.between(checkpoint.triggeredAt(), checkpoint.completedAt())
                                    .toMillis()
                            / 1e3);
        }
    }

    /** One that began after now, so that it has all that was acknowledged. */
    private static Checkpoint nextCheckpoint(LocalStack stack) throws IOException, InterruptedException {
        FlinkRest flink = new FlinkRest(stack.flink());
        Instant now = Instant.now();
        long deadline = System.nanoTime() + CHECKPOINT_DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Checkpoint> last = flink.checkpoints(stack.jobId()).last();
            if (last.isPresent() && last.get().triggeredAt().isAfter(now)) {
                return last.get();
            }
            Thread.sleep(CHECKPOINT_LOOK);
        }
        throw new IllegalStateException(
                "no checkpoint was completed in " + CHECKPOINT_DEADLINE.toSeconds() + " s: see the logs of the stack");
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
