package dev.freshet.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that outlives whoever started it: ids are used again, so the start time belongs to it.
 *
 * @param pid the operating system's id
 * @param started when it started, to the millisecond
 */
public record ProcessId(long pid, Instant started) {

    /** The kernel's clock and the wall clock drift apart by this much at most between two readings. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final long PAUSE_MILLIS = 20;

    public static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Reads a file that {@link #write} wrote; empty when there is none or it is damaged. */
    public static Optional<ProcessId> read(Path file) {
        try {
            String text = Files.readString(file).strip();
            int blank = text.indexOf(' ');
            long pid = Long.parseLong(text.substring(0, blank));
            return Optional.of(new ProcessId(pid, Instant.ofEpochMilli(Long.parseLong(text.substring(blank + 1)))));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Writes the id and the start time, so that a later command finds this process and no other. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, pid + " " + started.toEpochMilli() + "\n");
    }

    /** The process, if it is still this one and alive. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::startedTogether)
                .filter(ProcessId::runs);
    }

    /**
     * Waits until the process is gone and tells whether it is.
     *
     * @param deadline as {@link System#nanoTime()}
     */
    public boolean awaitExit(long deadline) throws InterruptedException {
        while (find().isPresent()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /** A process that ended but was not collected by its parent, as in a container without an init, has no program. */
    private static boolean runs(ProcessHandle process) {
        return process.info().command().isPresent();
    }

    private boolean startedTogether(ProcessHandle process) {
        Instant other = process.info().startInstant().orElse(started);
        return Duration.between(started, other).abs().compareTo(TOLERANCE) <= 0;
    }
}
