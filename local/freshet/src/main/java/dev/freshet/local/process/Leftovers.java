package dev.freshet.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes of an earlier run whose owner died before it could stop them. */
public final class Leftovers {

    private static final String SUFFIX = ".pid";

    private Leftovers() {}

    /** The names of the processes in a folder of pid files that are still alive. */
    public static List<String> alive(Path pidFiles) {
        return files(pidFiles).stream()
                .filter(file -> ProcessId.read(file).flatMap(ProcessId::find).isPresent())
                .map(Leftovers::name)
                .toList();
    }

    /**
     * Stops every process that has a pid file in the folder, and returns the names of those that were running. All get
     * the grace period together; those that need longer are killed.
     */
    public static List<String> stop(Path pidFiles, Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        List<String> stopped = new ArrayList<>();
        List<ProcessHandle> running = new ArrayList<>();
        for (Path file : files(pidFiles)) {
            Optional<ProcessHandle> process = ProcessId.read(file).flatMap(ProcessId::find);
            process.ifPresent(found -> {
                found.destroy();
                running.add(found);
                stopped.add(name(file));
            });
        }
        for (ProcessHandle process : running) {
            awaitExit(process, deadline);
        }
        delete(pidFiles);
        return stopped;
    }

    private static void awaitExit(ProcessHandle process, long deadline) throws InterruptedException {
        try {
            process.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid() + " failed", e);
        }
    }

    private static void delete(Path pidFiles) {
        for (Path file : files(pidFiles)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file, e);
            }
        }
    }

    private static List<Path> files(Path pidFiles) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(pidFiles)) {
            return files;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(pidFiles, "*" + SUFFIX)) {
            stream.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFiles, e);
        }
        return files;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
