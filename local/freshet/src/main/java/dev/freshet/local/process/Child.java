package dev.freshet.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One child process that can be started again after it ended. */
public final class Child {

    /** A killed process is gone at once, unless the kernel holds it back; nobody waits for that without end. */
    private static final Duration KILL = Duration.ofSeconds(5);

    private final Launch launch;
    private volatile @Nullable Process process;

    public Child(Launch launch) {
        this.launch = launch;
    }

    public Launch launch() {
        return launch;
    }

    /** Starts the process; its output goes to the end of its log. */
    public synchronized void start() throws IOException {
        Files.createDirectories(launch.directory());
        Files.createDirectories(launch.log().toAbsolutePath().getParent());
        LogFile.rotate(launch.log());
        ProcessBuilder builder = new ProcessBuilder(launch.command());
        builder.environment().putAll(launch.environment());
        Process started = builder.directory(launch.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()))
                .start();
        started.getOutputStream().close();
        process = started;
        ProcessId.of(started.toHandle()).write(launch.pidFile());
    }

    public boolean alive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** The id of the running process, or -1. */
    public long pid() {
        Process current = process;
        return current != null && current.isAlive() ? current.pid() : -1;
    }

    /** The exit status of the last run; empty while it runs or before it was started. */
    public OptionalInt exitStatus() {
        Process current = process;
        return current == null || current.isAlive() ? OptionalInt.empty() : OptionalInt.of(current.exitValue());
    }

    /** SIGKILL: the process has no chance to clean up; returns when it is gone, or could not be killed in time. */
    public void kill() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly()
                    .onExit()
                    .completeOnTimeout(current, KILL.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        }
    }

    /** Asks all of them to stop, waits for the grace period together, then kills what is left. */
    public static void stop(Collection<Child> children, Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        for (Child child : children) {
            child.terminate();
        }
        for (Child child : children) {
            child.awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private void terminate() {
        Process current = process;
        if (current != null) {
            current.destroy();
        }
    }

    private void awaitExit(Duration grace) throws InterruptedException {
        Process current = process;
        if (current == null) {
            return;
        }
        if (!current.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
            current.destroyForcibly();
            current.waitFor(KILL.toNanos(), TimeUnit.NANOSECONDS);
        }
        try {
            Files.deleteIfExists(launch.pidFile());
        } catch (IOException e) {
            // A pid file of a process that is gone is recognised as such.
        }
    }
}
