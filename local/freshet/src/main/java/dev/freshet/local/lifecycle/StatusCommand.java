package dev.freshet.local.lifecycle;

import dev.freshet.local.lifecycle.JobLine.CheckpointLine;
import dev.freshet.local.lifecycle.JobLine.FailingLine;
import dev.freshet.local.lifecycle.StatusReport.Line;
import dev.freshet.local.terminal.Terminal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what runs; exit status 0 when everything is healthy, 1 otherwise. */
@Command(
        name = "status",
        description =
                "Show processes, ports, memory, the job, its last checkpoint, what it holds back and what embedding cost.")
public final class StatusCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public StatusCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        StatusReport report = StatusReport.of(home.in(workspace));
        if (json) {
            workspace.terminal().line(report.json());
        } else {
            print(workspace.terminal(), report);
        }
        return report.healthy() ? 0 : 1;
    }

    private static void print(Terminal terminal, StatusReport report) {
        String phase = report.phase().equals(StackState.RUNNING) ? "degraded" : report.phase();
        String verdict = report.healthy() ? terminal.good("running") : terminal.bad(phase);
        terminal.line("Freshet is " + verdict + " (" + report.home() + ")");
        if (!report.message().isEmpty()) {
            terminal.line("  " + report.message());
        }
        if (report.processes().isEmpty()) {
            return;
        }
        terminal.line(terminal.faint(
                String.format(Locale.ROOT, "  %-18s %-11s %6s %8s %9s", "process", "state", "port", "pid", "memory")));
        for (Line line : report.processes()) {
            print(terminal, line);
        }
        if (report.supervisor() != null) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %-18s %-11s %6s %8d %6d MB",
                    "Supervisor",
                    "healthy",
                    "-",
                    report.supervisor().pid(),
                    report.supervisor().memoryMb()));
        }
        terminal.line(String.format(Locale.ROOT, "  %-46s %6d MB", "total", report.memoryMb()));
        JobLine job = report.job();
        if (job != null) {
            print(terminal, job);
        }
        AccountLine account = report.account();
        if (account != null) {
            print(terminal, account);
        }
        if (report.embedding() != null) {
            EmbeddingTable.print(terminal, report.embedding());
        }
    }

    private static void print(Terminal terminal, Line line) {
        terminal.line(String.format(
                Locale.ROOT,
                "  %-18s %-11s %6s %8s %6d MB%s%s",
                line.title(),
                line.state(),
                line.port() == 0 ? "-" : Integer.toString(line.port()),
                line.pid() < 0 ? "-" : Long.toString(line.pid()),
                line.memoryMb(),
                line.restarts() == 0 ? "" : "  restarted " + line.restarts() + "x",
                line.message().isEmpty() ? "" : "  " + line.message()));
    }

    private static void print(Terminal terminal, JobLine job) {
        terminal.line("  Ingest job " + job.id() + ": " + job.state()
                + (job.message().isEmpty() ? "" : " (" + job.message() + ")"));
        CheckpointLine checkpoint = job.checkpoint();
        if (checkpoint != null) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  Last checkpoint %d at %s, %d s ago: %d ms, %,d bytes",
                    checkpoint.id(),
                    checkpoint.at(),
                    checkpoint.ageSeconds(),
                    checkpoint.durationMs(),
                    checkpoint.stateBytes()));
        }
        FailingLine failing = job.failing();
        if (failing != null) {
            terminal.line(terminal.bad(String.format(
                    Locale.ROOT,
                    "  %d checkpoints failed after it (%s): is the disk full? See freshet logs jobmanager. The job goes on,"
                            + " but after a crash it would begin again at the last one that was completed",
                    failing.checkpoints(),
                    failing.message())));
        }
    }

    private static void print(Terminal terminal, AccountLine account) {
        terminal.line(String.format(
                Locale.ROOT,
                "  %,d records read: %,d under way, %,d dead letters",
                account.records(),
                account.pending(),
                account.deadLettered()));
        if (account.parked() > 0) {
            terminal.line(terminal.bad(String.format(
                    Locale.ROOT,
                    "  %,d deletes are held back, because they would cost a tenant very many documents: freshet logs"
                            + " taskmanager names it; then freshet approve or freshet discard",
                    account.parked())));
        }
    }
}
