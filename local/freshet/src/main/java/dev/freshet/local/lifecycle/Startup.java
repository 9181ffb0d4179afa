package dev.freshet.local.lifecycle;

import dev.freshet.local.process.LogFile;
import dev.freshet.local.process.ProcessId;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.ProgressBar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings a stack up and waits until it is healthy; what runs already is left as it is. */
public final class Startup {

    private static final Duration PAUSE = Duration.ofMillis(150);
    /** What the supervisor itself needs on top of its own deadline, to start and to stop everything again. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final Path home;
    private final StackSelection selection;

    public Startup(Workspace workspace, Path home, StackSelection selection) {
        this.workspace = workspace;
        this.home = home;
        this.selection = selection;
    }

    /** Returns when everything is healthy. */
    public RunningStack bringUp() throws IOException, InterruptedException {
        Optional<RunningStack> running = RunningStack.find(home);
        if (running.isPresent()) {
            return await(running.get().supervisor());
        }
        createHome();
        StackState.delete(home);
        Path log = home.resolve("logs").resolve("supervisor.log");
        LogFile.rotate(log);
        Process supervisor = Detached.start(command(), workspace.project().root(), log);
        return await(supervisor.toHandle());
    }

    private void createHome() {
        try {
            Files.createDirectories(home.resolve("logs"));
        } catch (IOException e) {
            throw new StackException(
                    "cannot write to " + home + " (" + e + "). Free some space or choose another folder with --home",
                    e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                workspace.java().toString(),
                "-Xms16m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfreshet.project=" + workspace.project().root(),
                "-cp",
                workspace.project().stagedClassPath("local/freshet", home.resolve("lib")),
                "dev.freshet.local.Freshet",
                "supervise",
                "--home=" + home));
        command.addAll(selection.arguments());
        return command;
    }

    private RunningStack await(ProcessHandle supervisor) throws InterruptedException {
        ProcessId process = ProcessId.of(supervisor);
        long deadline = System.nanoTime()
                + MARGIN.plusSeconds(selection.deadlineSeconds()).toNanos();
        try (ProgressBar progress = new ProgressBar(workspace.terminal(), "Starting")) {
            while (System.nanoTime() < deadline) {
                Optional<StackState> state = StackState.read(home);
                boolean failed = state.map(found -> found.phase().equals(StackState.FAILED))
                        .orElse(false);
                if (failed || process.find().isEmpty()) {
                    throw failure(StackState.read(home));
                }
                if (state.isPresent()
                        && state.get().phase().equals(StackState.RUNNING)
                        && state.get().healthy()) {
                    return new RunningStack(supervisor, state.get());
                }
                state.ifPresent(found -> show(progress, found));
                Thread.sleep(PAUSE.toMillis());
            }
        }
        throw new StackException("the stack is not healthy in time; see freshet status and " + home.resolve("logs"));
    }

    private static void show(ProgressBar progress, StackState state) {
        long healthy =
                state.processes().stream().filter(StackState.Entry::healthy).count();
        String waitsFor = state.processes().stream()
                .filter(entry -> !entry.healthy())
                .map(StackState.Entry::title)
                .collect(Collectors.joining(", "));
        String job = state.job() == null || state.job().healthy() ? "" : "ingest job";
        progress.show(healthy, state.processes().size(), waitsFor.isEmpty() ? job : waitsFor);
    }

    private StackException failure(Optional<StackState> state) {
        String message = state.map(StackState::message).orElse("");
        if (!message.isEmpty()) {
            return new StackException(message);
        }
        Path log = home.resolve("logs").resolve("supervisor.log");
        return new StackException(
                "the supervisor ended. " + log + ":\n  " + String.join("\n  ", LogFile.tail(log, 20)));
    }
}
