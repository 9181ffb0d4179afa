package dev.freshet.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Processes of an earlier run whose owner died before it could stop them. */
public final class Leftovers {

    private static final Duration KILL = Duration.ofSeconds(5);
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
        List<ProcessId> running = new ArrayList<>();
        for (Path file : files(pidFiles)) {
            ProcessId.read(file).ifPresent(process -> {
                if (process.find().map(ProcessHandle::destroy).orElse(false)) {
                    running.add(process);
                    stopped.add(name(file));
                }
            });
        }
        for (ProcessId process : running) {
            stop(process, deadline);
        }
        delete(pidFiles);
        return stopped;
    }

    /** Waits for a process that was asked to stop; kills it at the deadline. */
    public static void stop(ProcessId process, long deadline) throws InterruptedException {
        if (process.awaitExit(deadline)) {
            return;
        }
        process.find().ifPresent(ProcessHandle::destroyForcibly);
        process.awaitExit(System.nanoTime() + KILL.toNanos());
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
