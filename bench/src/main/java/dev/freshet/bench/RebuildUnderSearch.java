package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.control.ControlTopic;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rebuilds an index from the job's state while it is searched: what that embeds, and whether a search sees less than all. */
@Command(
        name = "RebuildUnderSearch",
        mixinStandardHelpOptions = true,
        description = "Rebuilds the index while it is searched without a pause.")
public final class RebuildUnderSearch implements Callable<Integer> {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /**
     * What the searches saw.
     *
     * @param fewest chunks in the index that any of them was answered from
     */
    private record Seen(long fewest, long answered, long failed, List<Double> millis) {}

    @Option(names = "--chunks", defaultValue = "20000", description = "At least so many. Default: ${DEFAULT-VALUE}")
    private int wanted;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RebuildUnderSearch()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path project = Path.of("").toAbsolutePath();
        Optional<List<Corpus.Document>> pages = SharedData.handbook(project);
        if (pages.isEmpty()) {
            return 0;
        }
        StackOptions options = StackOptions.wholeForTests(Scratch.folder(project, "rebuild"));
        try (LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack)) {
            long chunks = fill(stack, pipeline, pages.get());
            long tokens = tokensEmbedded(stack);
            AtomicBoolean end = new AtomicBoolean();
            CompletableFuture<Seen> searches = CompletableFuture.supplyAsync(
                    () -> search(stack, end),
                    task -> Thread.ofPlatform().name("searches").start(task));
            long start = System.nanoTime();
            ControlTopic control = new ControlTopic(stack.kafkaBootstrapServers());
            boolean rebuilt = control.awaitRebuilt(control.send(Kind.REBUILD, null), DEADLINE, took -> {});
            double seconds = (System.nanoTime() - start) / 1e9;
            end.set(true);
            Seen seen = searches.get(1, TimeUnit.MINUTES);
            System.out.printf(
                    "%s: %d chunks in %.1f s; %d tokens embedded; %d searches answered, %d failed, of the fewest %d chunks;"
                            + " a search took, in milliseconds, %s%n",
                    rebuilt ? "rebuilt" : "NOT REBUILT",
                    chunks,
                    seconds,
                    tokensEmbedded(stack) - tokens,
                    seen.answered(),
                    seen.failed(),
                    seen.fewest(),
                    Spread.of(seen.millis()).percentiles());
            return rebuilt && seen.failed() == 0 && seen.fewest() == chunks ? 0 : 1;
        }
    }

    private static long tokensEmbedded(LocalStack stack) throws IOException {
        return Math.round(stack.jobMetrics().sum("freshet.embed.tokensEmbedded"));
    }

    private long fill(LocalStack stack, Pipeline pipeline, List<Corpus.Document> pages)
            throws IOException, InterruptedException {
        SearchableChunks searchable = new SearchableChunks(stack);
        long chunks = 0;
        for (int tenant = 0; chunks < wanted; tenant++) {
            pipeline.ingest(tenant == 0 ? "default" : "tenant-" + tenant, pages);
            searchable.refresh();
            chunks = searchable.count(SearchableChunks.ALL);
        }
        Scratch.settle(stack);
        return chunks;
    }

    /** As the query API searches, and in between all that there is. */
    private static Seen search(LocalStack stack, AtomicBoolean end) {
        List<Double> millis = new ArrayList<>();
        long fewest = Long.MAX_VALUE;
        long failed = 0;
        try {
            HttpPost api = new HttpPost(stack.api(), "/v1/search", Map.of("Content-Type", "application/json"));
            SearchableChunks searchable = new SearchableChunks(stack);
            byte[] query = Json.bytes(Json.MAPPER.createObjectNode().put("query", "how do we handle incidents"));
            while (!end.get()) {
                long start = System.nanoTime();
                JsonNode answer = Json.MAPPER.readTree(api.send(query));
                millis.add((System.nanoTime() - start) / 1e6);
                boolean whole = !answer.path("hits").isEmpty()
                        && answer.path("degraded").isEmpty();
                failed += whole ? 0 : 1;
                fewest = Math.min(fewest, searchable.count(SearchableChunks.ALL));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a search failed: " + e.getMessage(), e);
        }
        return new Seen(fewest, millis.size(), failed, millis);
    }
}
