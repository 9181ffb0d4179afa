package dev.freshet.local.lifecycle;

import dev.freshet.local.process.ProcessId;
import dev.freshet.local.stack.ComponentStatus.State;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.stack.StackOptions;
import dev.freshet.local.stack.StackStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The process that owns the stack from {@code up} to {@code down}: stops everything when it gets SIGTERM. */
@Command(name = "supervise", hidden = true, description = "Runs the stack until it is told to stop.")
public final class SuperviseCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private StackSelection selection = new StackSelection();

    public SuperviseCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        StackOptions options = selection.options(workspace, home.in(workspace));
        Path folder = options.home();
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("supervisor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                workspace.terminal().error("another supervisor runs in " + folder);
                return 1;
            }
            ProcessId.of(ProcessHandle.current()).write(RunningStack.pidFile(folder));
            return supervise(options);
        }
    }

    private int supervise(StackOptions options) throws InterruptedException, IOException {
        StackStatus nothing = new StackStatus(List.of(), Optional.empty());
        StackState.of(StackState.STARTING, "", options.ports(), nothing).write(options.home());
        Recorder recorder = new Recorder(options);
        try {
            LocalStack stack = LocalStack.start(options, recorder::changed);
            recorder.running(stack.status());
            log("everything is healthy");
            new CountDownLatch(1).await();
            return 0;
        } catch (StackException e) {
            log(String.valueOf(e.getMessage()));
            recorder.failed(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private void log(String text) {
        workspace.terminal().line(Instant.now() + " " + text);
    }

    /** Keeps the state file equal to the stack. */
    private final class Recorder {
        private final StackOptions options;
        private String phase = StackState.STARTING;

        Recorder(StackOptions options) {
            this.options = options;
        }

        synchronized void running(StackStatus status) {
            phase = StackState.RUNNING;
            changed(status);
        }

        synchronized void changed(StackStatus status) {
            try {
                boolean stopped = status.components().stream().allMatch(each -> each.state() == State.STOPPED);
                if (stopped) {
                    StackState.delete(options.home());
                    Files.deleteIfExists(RunningStack.pidFile(options.home()));
                    log("everything is stopped");
                    return;
                }
                status.components().stream()
                        .filter(each -> each.restarts() > 0 || each.state() == State.FAILED)
                        .filter(each -> each.state() != State.HEALTHY)
                        .forEach(each -> log(each.component().title() + ": " + each.state() + " " + each.message()));
                StackState.of(phase, "", options.ports(), status).write(options.home());
            } catch (IOException e) {
                // A full disk must not end the watch over the processes; the next change is written again.
                log("the state of the stack could not be written: " + e.getMessage());
            }
        }

        synchronized void failed(String message) throws IOException {
            StackStatus nothing = new StackStatus(List.of(), Optional.empty());
            StackState.of(StackState.FAILED, message, options.ports(), nothing).write(options.home());
        }
    }
}
