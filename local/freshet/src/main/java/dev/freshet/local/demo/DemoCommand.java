package dev.freshet.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.ingest.IngestReport;
import dev.freshet.local.ingest.Ingestion;
import dev.freshet.local.lifecycle.HomeOption;
import dev.freshet.local.lifecycle.RunningStack;
import dev.freshet.local.lifecycle.Shutdown;
import dev.freshet.local.lifecycle.StackSelection;
import dev.freshet.local.lifecycle.Startup;
import dev.freshet.local.lifecycle.UpCommand;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.search.HitPrinter;
import dev.freshet.local.search.SearchClient;
import dev.freshet.local.search.SearchClient.Query;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows in one go what Freshet does. */
@Command(
        name = "demo",
        description =
                "Start everything, search the project's own documentation, and watch search follow a change and a deletion.")
public final class DemoCommand implements Callable<Integer> {

    private static final String TENANT = "demo";
    private static final String QUESTION = "what happens to the index when a document changes";
    private static final String NEWS_QUESTION = "when does the ferry to the lighthouse leave";

    private final Workspace workspace;

    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private StackSelection selection = new StackSelection();

    @Option(names = "--exit", description = "Stop everything at the end instead of leaving it up.")
    private boolean exit;

    public DemoCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        selection.check();
        Path folder = home.in(workspace);
        try {
            RunningStack stack = step(
                    "Started OpenSearch, Kafka, Flink and the query API",
                    () -> new Startup(workspace, folder, selection).bringUp());
            show(stack, DemoPages.copy(workspace.project().root(), folder.resolve("demo")), folder);
            if (!exit) {
                workspace.terminal().line("");
                UpCommand.printUrls(workspace.terminal(), stack);
                workspace.terminal().line("Stop it with: freshet down");
            }
            return 0;
        } catch (IOException e) {
            throw new StackException("the demo failed: " + e.getMessage(), e);
        } finally {
            if (exit) {
                Shutdown.takeDown(folder);
                workspace.terminal().line("Everything is stopped; the data stays in " + folder + ".");
            }
        }
    }

    private void show(RunningStack stack, DemoPages pages, Path folder) throws Exception {
        Terminal terminal = workspace.terminal();
        Ingestion ingestion = new Ingestion(stack, terminal);
        SearchClient search = new SearchClient(stack.api(), TENANT);

        IngestReport first = step(
                "Ingested the project's documentation, " + pages.size() + " pages",
                () -> ingestion.folder(pages.folder(), TENANT, folder));
        chunks(first);
        ask(search, QUESTION);

        Path changed = pages.change();
        IngestReport second = step(
                "Changed " + changed + ": one paragraph more", () -> ingestion.folder(pages.folder(), TENANT, folder));
        chunks(second);
        JsonNode found = ask(search, NEWS_QUESTION);
        boolean followed = found.path("hits").path(0).path("text").asText().contains(DemoPages.NEWS);
        check(followed, "the new paragraph was not found");
        terminal.line("   " + terminal.good("the passage holds the new paragraph: ") + DemoPages.NEWS);

        Path deleted = pages.delete();
        step("Deleted " + deleted, () -> ingestion.folder(pages.folder(), TENANT, folder));
        JsonNode rest = search.search(Query.of(deleted.getFileName() + " " + QUESTION, 50));
        boolean gone = StreamSupport.stream(rest.path("hits").spliterator(), false)
                .noneMatch(hit -> hit.path("document_id")
                        .asText()
                        .equals(deleted.toString().replace('\\', '/')));
        check(gone, "the deleted page is still found");
        terminal.line("   " + terminal.good("gone from search"));
    }

    private void chunks(IngestReport report) {
        IngestReport.Result result = report.result();
        if (result != null) {
            workspace
                    .terminal()
                    .line(String.format(
                            Locale.ROOT,
                            "   %,d chunks embedded, %,d reused, %,d changes unchanged",
                            result.chunksEmbedded(),
                            result.chunksReused(),
                            result.unchanged()));
        }
    }

    private JsonNode ask(SearchClient search, String question) throws IOException {
        workspace.terminal().line("   " + workspace.terminal().bold("? " + question));
        JsonNode answer = search.search(Query.of(question, 1));
        new HitPrinter(workspace.terminal()).print(answer);
        return answer;
    }

    private <T> T step(String title, Callable<T> work) throws Exception {
        long started = System.nanoTime();
        T result = work.call();
        Terminal terminal = workspace.terminal();
        terminal.line(String.format(
                Locale.ROOT, "%s %s (%.1f s)", terminal.good("*"), title, (System.nanoTime() - started) / 1e9));
        return result;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new StackException("the demo failed: " + otherwise);
        }
    }
}
