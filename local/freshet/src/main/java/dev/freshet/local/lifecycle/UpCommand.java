package dev.freshet.local.lifecycle;

import dev.freshet.local.terminal.Terminal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and returns when it is healthy. */
@Command(
        name = "up",
        description = "Start OpenSearch, Kafka, Flink with the ingest job, and the query API; continue where it was.")
public final class UpCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private StackSelection selection = new StackSelection();

    @Option(names = "--json", description = "Print the status as JSON.")
    private boolean json;

    public UpCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        selection.check();
        long started = System.nanoTime();
        RunningStack stack = new Startup(workspace, home.in(workspace), selection).bringUp();
        StatusReport report = StatusReport.of(home.in(workspace));
        if (json) {
            workspace.terminal().line(report.json());
            return 0;
        }
        Terminal terminal = workspace.terminal();
        double seconds = (System.nanoTime() - started) / 1e9;
        terminal.line(String.format(
                Locale.ROOT,
                "Freshet is %s after %.1f s, %,d MB of memory.",
                terminal.good("up"),
                seconds,
                report.memoryMb()));
        printUrls(terminal, stack);
        return 0;
    }

    /** The addresses that a person wants next. */
    public static void printUrls(Terminal terminal, RunningStack stack) {
        for (StackState.Entry entry : stack.state().processes()) {
            String url = RunningStack.loopback(entry.port()).toString();
            switch (entry.name()) {
                case "api" -> {
                    terminal.line("  Search page   " + terminal.bold(url + "/"));
                    terminal.line("  Query API     " + url + "/v1/search");
                }
                case "jobmanager" -> terminal.line("  Flink web UI  " + url);
                case "opensearch" -> terminal.line("  OpenSearch    " + url);
                case "kafka" -> terminal.line("  Kafka         127.0.0.1:" + entry.port());
                default -> {}
            }
        }
    }
}
