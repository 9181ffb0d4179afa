package dev.freshet.local.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.search.SearchMode;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.local.ingest.IngestReport;
import dev.freshet.local.ingest.TenantNames;
import dev.freshet.local.lifecycle.HomeOption;
import dev.freshet.local.lifecycle.RunningStack;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.Misuse;
import dev.freshet.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures retrieval quality. */
@Command(
        name = "eval",
        description = "Measure retrieval quality on a BEIR folder (corpus.jsonl, queries.jsonl, qrels/test.tsv).")
public final class EvalCommand implements Callable<Integer> {

    private static final List<String> FILES = List.of("corpus.jsonl", "queries.jsonl", "qrels/test.tsv");

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "DIR", description = "The folder.")
    private @Nullable Path folder;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Tenant of its documents (default: eval- and the folder's name).")
    private @Nullable String tenant;

    @Option(
            names = "--modes",
            paramLabel = "LIST",
            defaultValue = "hybrid,keyword,vector",
            description = "What to compare (${DEFAULT-VALUE}).")
    private String modes = "";

    @Option(
            names = "-k",
            paramLabel = "N",
            defaultValue = "10",
            description = "Cut-off of nDCG and recall (${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "100",
            description = "Chunks to retrieve per query (${DEFAULT-VALUE}).")
    private int depth;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "Give up after this time (${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    public EvalCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        Path beir = checked();
        RunningStack stack = RunningStack.require(home.in(workspace));
        String owner = tenant == null ? TenantNames.of("eval-" + beir.getFileName()) : tenant;
        EvaluationRun run = new EvaluationRun(workspace, stack, beir, owner);
        try {
            Optional<IngestReport> ingested = run.ingestIfNeeded();
            Path output = home.in(workspace).resolve("eval").resolve(owner + ".json");
            JsonNode report =
                    run.evaluate(arguments(beir, stack, owner, output), output, Duration.ofSeconds(timeoutSeconds));
            print(ingested, report);
            boolean complete =
                    report.path("modes").findValues("refused").stream().allMatch(refused -> refused.asInt() == 0);
            if (!complete) {
                throw new StackException("the query API refused queries: the figures are not those of the collection");
            }
            return 0;
        } catch (IOException e) {
            throw new StackException("the evaluation failed: " + e.getMessage(), e);
        }
    }

    private List<String> arguments(Path beir, RunningStack stack, String owner, Path output) {
        return List.of(
                "--beir",
                beir.toString(),
                "--api-url",
                stack.api().toString(),
                "--tenant",
                owner,
                "--modes",
                modes,
                "--k",
                Integer.toString(k),
                "--depth",
                Integer.toString(depth),
                "--output",
                output.toString());
    }

    private Path checked() {
        Path beir = Objects.requireNonNull(folder, "required").toAbsolutePath().normalize();
        for (String file : FILES) {
            if (!Files.isRegularFile(beir.resolve(file))) {
                throw misuse(folder + " is no BEIR folder: " + file + " is missing");
            }
        }
        if (k < 1 || depth < k || depth > SearchRequest.MOST_HITS) {
            throw misuse("-k must be at least 1, and --depth at least -k and at most " + SearchRequest.MOST_HITS);
        }
        if (!SearchMode.labels().containsAll(List.of(modes.split(",")))) {
            throw misuse("--modes takes a list of " + String.join(", ", SearchMode.labels()));
        }
        if (tenant != null) {
            TenantNames.problem(tenant).ifPresent(problem -> {
                throw misuse(problem);
            });
        }
        return beir;
    }

    private ParameterException misuse(String message) {
        return Misuse.of(spec, message);
    }

    private void print(Optional<IngestReport> ingested, JsonNode report) {
        Terminal terminal = workspace.terminal();
        if (json) {
            terminal.line(report.toPrettyString());
            return;
        }
        ingested.map(IngestReport::result)
                .ifPresent(result -> terminal.line(String.format(
                        Locale.ROOT, "Ingested %,d documents in %.1f s.", result.documents(), result.seconds())));
        new ReportPrinter(terminal).print(report);
    }
}
