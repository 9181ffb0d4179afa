package dev.freshet.bench;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a change takes until searches see it, while the pipeline has half of the load that it can sustain. */
@Command(
        name = "LatencyUnderLoad",
        mixinStandardHelpOptions = true,
        description =
                "Finds the sustainable load with vectors that cost nothing, then measures single changes at a part of it.")
public final class LatencyUnderLoad implements Callable<Integer> {
    private static final double REFRESH_MILLIS = 1_000;

    @Option(names = "--changes", defaultValue = "60", description = "Measured changes. Default: ${DEFAULT-VALUE}")
    private int changes;

    @Option(names = "--load", defaultValue = "0.5", description = "Of the sustainable one. Default: ${DEFAULT-VALUE}")
    private double load;

    @Option(
            names = "--documents",
            defaultValue = "800",
            description = "Of a turn at full load. Default: ${DEFAULT-VALUE}")
    private int documents;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LatencyUnderLoad()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path project = Path.of("").toAbsolutePath();
        Optional<List<Corpus.Document>> handbook = SharedData.handbook(project, documents);
        if (handbook.isEmpty()) {
            return 0;
        }
        List<Corpus.Document> pages = handbook.get();
        StackOptions options = StackOptions.wholeForTests(Scratch.folder(project, "latency"), "--embedder", "hash")
                .withoutApi();
        try (LocalStack stack = LocalStack.start(options);
                Pipeline background = new Pipeline(stack);
                Pipeline single = new Pipeline(stack)) {
            double sustainable = sustainable(stack, background, pages);
            AtomicBoolean end = new AtomicBoolean();
            CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(
                    () -> background.send("background", pages, sustainable * load, end),
                    task -> Thread.ofPlatform().name("background").start(task));
            List<Double> acknowledged = new ArrayList<>();
            List<Double> searchable = new ArrayList<>();
            measure(stack, single, acknowledged, searchable);
            end.set(true);
            report(sustainable, sent.get(1, TimeUnit.MINUTES), Spread.of(acknowledged), Spread.of(searchable));
        }
        return 0;
    }

    private static double sustainable(LocalStack stack, Pipeline pipeline, List<Corpus.Document> pages)
            throws InterruptedException {
        double perSecond = 0;
        for (int turn = 0; turn < 4; turn++) {
            Scratch.settle(stack);
            long start = System.nanoTime();
            pipeline.ingest("turn-" + turn, pages);
            perSecond = pages.size() / ((System.nanoTime() - start) / 1e9);
        }
        Scratch.settle(stack);
        return perSecond;
    }

    private void measure(LocalStack stack, Pipeline single, List<Double> acknowledged, List<Double> searchable)
            throws IOException {
        SearchableChunks chunks = new SearchableChunks(stack);
        for (int change = 1; change <= changes; change++) {
            // Refreshes come once a second: changes begin at all distances from the next one.
            LockSupport.parkNanos(change % 10 * 100_000_000L);
            DocumentKey key = new DocumentKey("measured", "change-" + change);
            long start = System.nanoTime();
            single.change(ChangeEnvelope.upsert(
                            key,
                            new ChangeOrder(0, 1),
                            Instant.now(),
                            "text/plain",
                            "The text of change " + change + ".")
                    .withMetadata(Json.MAPPER.createObjectNode().put("change", change)));
            acknowledged.add((System.nanoTime() - start) / 1e6);
            chunks.await(SearchableChunks.with("change", change), 1);
            searchable.add((System.nanoTime() - start) / 1e6);
        }
    }

    private void report(double sustainable, int sent, Spread acknowledged, Spread searchable) {
        System.out.printf(
                "sustainable: %.0f documents/s; %d changes while %d documents came at %.0f documents/s; milliseconds%n",
                sustainable, changes, sent, sustainable * load);
        line("change to acknowledgement", acknowledged);
        line("change to searchable", searchable);
        line("- less the refresh interval", searchable.less(REFRESH_MILLIS));
    }

    private static void line(String name, Spread millis) {
        System.out.printf("%-28s%s%n", name, millis.percentiles());
    }
}
