package dev.freshet.local.lifecycle;

import dev.freshet.local.process.Leftovers;
import dev.freshet.local.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes a stack down; afterwards no process of it is left, whatever state it was in. */
public final class Shutdown {

    /** A checkpoint and the grace periods of all processes together take less. */
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private static final Duration GRACE = Duration.ofSeconds(20);

    private Shutdown() {}

    /** Returns whether anything ran. */
    public static boolean takeDown(Path home) throws IOException, InterruptedException {
        Optional<ProcessHandle> supervisor = RunningStack.supervisor(home);
        if (supervisor.isPresent()) {
            stop(supervisor.get());
        }
        // A supervisor that was killed could not stop its children.
        List<String> left = Leftovers.stop(home.resolve("run"), GRACE);
        StackState.delete(home);
        Files.deleteIfExists(RunningStack.pidFile(home));
        return supervisor.isPresent() || !left.isEmpty();
    }

    private static void stop(ProcessHandle supervisor) throws InterruptedException {
        ProcessId process = ProcessId.of(supervisor);
        supervisor.destroy();
        Leftovers.stop(process, System.nanoTime() + DEADLINE.toNanos());
    }
}
