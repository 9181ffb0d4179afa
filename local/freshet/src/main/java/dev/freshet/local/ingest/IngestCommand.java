package dev.freshet.local.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.document.VersionClock;
import dev.freshet.local.ingest.Ingestion.Extent;
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
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings documents in. */
@Command(
        name = "ingest",
        description = "Bring in a folder of documents (" + DocumentFiles.FORMATS
                + "), a file of change events (.jsonl, .jsonl.gz), or a Git history.")
public final class IngestCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = "A folder, one document, or a file of change events.")
    private @Nullable Path path;

    @Option(
            names = "--git",
            paramLabel = "DIR",
            description = "The first-parent history of a Git repository as changes.")
    private @Nullable Path git;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Whose documents these are (${DEFAULT-VALUE}).")
    private String tenant = "default";

    @Option(
            names = "--metadata",
            paramLabel = "KEY=VALUE",
            description = "Metadata for every document of a folder or history; repeatable.")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(
            names = "--images",
            description =
                    "PNG, JPEG and TIFF of a folder or history too; the job reads them where tesseract is installed.")
    private boolean images;

    @Option(
            names = "--backfill",
            description = "One of many: live changes have a share of the embedder that these do not take."
                    + " Change events that say their priority keep it.")
    private boolean backfill;

    @Option(names = "--wait", description = "Return when all of it is searchable.")
    private boolean wait;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "With --wait: give up when nothing moves for so long (${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Option(names = "--limit", paramLabel = "N", description = "At most the first N changes.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--delete-missing",
            description = "Delete documents that this folder brought in earlier and whose files are gone.")
    private boolean deleteMissing;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    public IngestCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        check();
        Path folder = home.in(workspace);
        RunningStack stack = RunningStack.require(folder);
        Ingestion ingestion = new Ingestion(stack, workspace.terminal());
        Extent extent = new Extent(limit, wait, Duration.ofSeconds(patienceSeconds));
        try {
            print(ingest(ingestion, extent, folder));
        } catch (IOException e) {
            throw new StackException("ingesting failed: " + e.getMessage(), e);
        }
        return 0;
    }

    private IngestReport ingest(Ingestion ingestion, Extent extent, Path homeFolder)
            throws IOException, InterruptedException {
        if (git != null) {
            return ingestion.run(new GitSource(git, images, tenant, metadata, backfill), extent);
        }
        Path chosen = Objects.requireNonNull(path, "checked before");
        Envelopes envelopes = new Envelopes(tenant, metadata, new VersionClock(InstantSource.system()), backfill);
        if (EventFileSource.accepts(chosen)) {
            return ingestion.run(new EventFileSource(chosen, envelopes), extent);
        }
        KnownDocuments known = new KnownDocuments(homeFolder, chosen, tenant);
        FolderSource source = FolderSource.of(chosen, images, deleteMissing ? known.read() : List.of(), envelopes);
        IngestReport report = ingestion.run(source, extent);
        known.write(source.ids(), deleteMissing);
        return report;
    }

    private void check() {
        if ((path == null) == (git == null)) {
            throw misuse("give either PATH or --git DIR");
        }
        Path given = path == null ? git : path;
        if (given != null && !Files.isReadable(given)) {
            throw misuse("there is no readable " + given);
        }
        if (deleteMissing && (path == null || !Files.isDirectory(path))) {
            throw misuse("--delete-missing needs a folder");
        }
        if (path != null
                && Files.isRegularFile(path)
                && !EventFileSource.accepts(path)
                && !DocumentFiles.accepts(path.toString())) {
            throw misuse(path + " is neither a document (" + DocumentFiles.FORMATS
                    + ") nor change events (.jsonl, .jsonl.gz)");
        }
        TenantNames.problem(tenant).ifPresent(problem -> {
            throw misuse(problem);
        });
        if (deleteMissing && limit != Long.MAX_VALUE) {
            throw misuse("--delete-missing needs the whole folder: it cannot go with --limit");
        }
        if (limit < 1) {
            throw misuse("--limit must be at least 1");
        }
    }

    private ParameterException misuse(String message) {
        return Misuse.of(spec, message);
    }

    private void print(IngestReport report) throws IOException {
        Terminal terminal = workspace.terminal();
        if (json) {
            terminal.line(JSON.writeValueAsString(report));
            return;
        }
        terminal.line(String.format(
                Locale.ROOT,
                "Sent %,d changes (%,d kB) in %.1f s.",
                report.records(),
                report.bytes() / 1000,
                report.produceSeconds()));
        report.skipped().lines().forEach(line -> terminal.line(terminal.bad(line)));
        if (report.result() != null) {
            print(terminal, report, report.result());
        }
    }

    /** The lines that follow when all of it is searchable. */
    static void print(Terminal terminal, IngestReport report, IngestReport.Result result) {
        terminal.line(String.format(
                Locale.ROOT,
                "%s after %.1f s: %,d documents; %,d changes applied, %,d unchanged, %,d superseded, %,d dead letters.",
                terminal.good("Searchable"),
                result.seconds(),
                result.documents(),
                result.applied(),
                result.unchanged(),
                result.superseded(),
                result.deadLetters()));
        terminal.line(String.format(
                Locale.ROOT,
                "%,d chunks: %,d embedded (%,d tokens), %,d reused; %,.0f changes/s, %,.0f tokens/s.",
                result.chunks(),
                result.chunksEmbedded(),
                result.tokensEmbedded(),
                result.chunksReused(),
                report.records() / result.seconds(),
                result.tokensEmbedded() / result.seconds()));
        if (result.deadLetters() > 0) {
            terminal.line(terminal.bad("Dead letters: ") + result.deadLettersByReason());
        }
    }
}
