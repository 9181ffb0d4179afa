package dev.freshet.local.verify;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.core.verify.Verification;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchIndexWriter;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import dev.freshet.local.chunk.ChunkerOptions;
import dev.freshet.local.control.ControlTopic;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.stack.Topics;
import dev.freshet.local.terminal.Misuse;
import dev.freshet.local.terminal.ProgressBar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the index with its log; exit status 0 when they are equal, 1 when not, 2 when that cannot be told. */
@Command(
        name = "verify",
        description = "Fold the log and compare the result with the index; repair differences if wanted.",
        footer = {"", "Exit status: 0 equal, 1 different, 2 called wrongly or not available."})
public final class VerifyCommand implements Callable<Integer> {

    private static final int UNAVAILABLE = 2;
    private static final int FILES = 32;
    /** The rest is for what is read, written and compared at the moment. */
    private static final int SHARE_OF_THE_HEAP = 3;

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(
            names = "--opensearch-url",
            paramLabel = "URL",
            description = "Of another cluster (default: the stack that runs).")
    private @Nullable URI openSearch;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = Topics.DOCUMENTS,
            description = "The log (${DEFAULT-VALUE}).")
    private String topic = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The log is a file of change events (.jsonl, .jsonl.gz), each with a version.")
    private @Nullable Path file;

    @Option(names = "--repair", description = "Repair what differs, then compare that again.")
    private boolean repair;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for changes in flight, and for repairs (${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Print at most so many differences (${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--memory-mb",
            paramLabel = "MB",
            defaultValue = "256",
            description = "For what is compared at a time (${DEFAULT-VALUE}); at most a third of the heap.")
    private int memoryMb;

    @Option(names = "--temp", paramLabel = "DIR", description = "Where there is room for a copy of log and index.")
    private Path temp = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--largest-record",
            paramLabel = "BYTES",
            defaultValue = "" + Envelopes.LARGEST_RECORD,
            description = "As the job has it (${DEFAULT-VALUE}).")
    private int largestRecord;

    @Mixin
    private final ChunkerOptions chunks = new ChunkerOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public VerifyCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        try {
            VerifyReport report = run();
            ReportPrinter printer = new ReportPrinter(workspace.terminal());
            if (json) {
                printer.json(report);
            } else {
                printer.lines(report);
            }
            return report.equal() ? 0 : 1;
        } catch (StackException | IndexUnavailableException | EmbedderMisconfiguredException e) {
            workspace.terminal().error(String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            workspace.terminal().error("the temporary files in " + temp + " cannot be used: " + e.getMessage());
        }
        return UNAVAILABLE;
    }

    private void check() {
        problem(file != null && !Files.isReadable(file), "there is no readable " + file);
        problem(!Files.isDirectory(temp), "there is no folder " + temp);
        problem(limit < 1, "--limit must be at least 1");
        problem(waitSeconds < 0, "--wait must not be negative");
        problem(memoryMb < 1, "--memory-mb must be at least 1");
        problem(largestRecord < 1024, "--largest-record must be at least 1024");
        problem(!chunks.problems().isEmpty(), String.join("; ", chunks.problems()));
        problem(
                openSearch != null && (openSearch.getHost() == null || openSearch.getScheme() == null),
                "--opensearch-url looks like http://localhost:9200");
    }

    private void problem(boolean wrong, String message) {
        if (wrong) {
            throw Misuse.of(spec, message);
        }
    }

    private VerifyReport run() throws IOException, InterruptedException {
        URI url = openSearch == null ? kafka.stack(workspace).openSearch() : openSearch;
        Envelopes envelopes = new Envelopes(largestRecord);
        Chunker chunker = chunks.open();
        try (TemporaryFolder folder = new TemporaryFolder(temp);
                ProgressBar bar = new ProgressBar(workspace.terminal(), "Verifying");
                ChangeLog log = log(envelopes, (done, total) -> bar.show(done, total, "log"));
                OpenSearchConnection connection = OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(url)));
                Verification verification = new Verification(folder.path(), chunker, memory(), FILES)) {
            IndexReader index = new IndexReader(connection, (done, total) -> bar.show(done, total, "index"));
            VerifyRun run = new VerifyRun(verification, log, envelopes, index, limit);
            if (!repair) {
                return run.compare();
            }
            ControlTopic control = new ControlTopic(kafka.in(workspace));
            OpenSearchIndexWriter writer = new OpenSearchIndexWriter(connection, InstantSource.system());
            return run.repair(control::repair, writer, Duration.ofSeconds(waitSeconds));
        }
    }

    private ChangeLog log(Envelopes envelopes, Progress progress) throws IOException {
        return file == null
                ? new TopicLog(kafka.in(workspace), topic, Duration.ofSeconds(waitSeconds), envelopes, progress)
                : new FileLog(file, envelopes, progress);
    }

    private long memory() {
        return Math.min((long) memoryMb << 20, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP);
    }
}
