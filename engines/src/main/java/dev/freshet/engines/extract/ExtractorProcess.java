package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ForeignContent;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process that parses, as the process sees it that started it. Whatever happens in there ends as an answer or an exception here. */
final class ExtractorProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ExtractorProcess.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final int BUFFER = 1 << 16;

    private final Process process;
    private final Path scratch;
    private final ScheduledExecutorService timer;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final AtomicBoolean late = new AtomicBoolean();

    private ExtractorProcess(Process process, Path scratch, ScheduledExecutorService timer) {
        this.process = process;
        this.scratch = scratch;
        this.timer = timer;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER));
    }

    /** @throws IOException when it does not start */
    static ExtractorProcess start(ForkOptions options, ScheduledExecutorService timer) throws IOException {
        Path scratch = Files.createTempDirectory("freshet-extract");
        ExtractorProcess started;
        try {
            Process process = ExtractorCommand.of(options, scratch)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            started = new ExtractorProcess(process, scratch, timer);
        } catch (IOException e) {
            delete(scratch);
            throw notStarted(e.getMessage(), e);
        }
        ScheduledFuture<?> deadline = started.endAfter(START);
        try {
            if (started.in.readInt() != Frames.READY) {
                throw new IOException("it does not speak as it should");
            }
            return started;
        } catch (IOException e) {
            started.kill();
            throw notStarted(started.ending().toString(), e);
        } finally {
            deadline.cancel(false);
        }
    }

    private static IOException notStarted(@Nullable String why, IOException cause) {
        return new IOException(
                "the process that makes text of files did not start: " + why + "; it runs " + ExtractorCommand.java(),
                cause);
    }

    /** What became of the content; the process is not to be used again after {@link Ended}. */
    sealed interface Answer {
        record Said(ExtractOutcome outcome) implements Answer {}

        /** It ended before it said anything. */
        record Ended(Ending ending) implements Answer {}
    }

    enum Ending {
        LATE,
        OUT_OF_MEMORY,
        CRASHED
    }

    Answer ask(ForeignContent content, Duration limit) {
        ScheduledFuture<?> deadline = endAfter(limit);
        try {
            Frames.write(out, content);
            out.flush();
            return new Answer.Said(Frames.readOutcome(in));
        } catch (IOException e) {
            return new Answer.Ended(ending());
        } finally {
            deadline.cancel(false);
        }
    }

    private ScheduledFuture<?> endAfter(Duration limit) {
        return timer.schedule(
                () -> {
                    late.set(true);
                    Descendants.end(process.toHandle());
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** How it ended, once nothing can be heard of it any more. */
    private Ending ending() {
        Descendants.end(process.toHandle());
        try {
            process.onExit().get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("Process that makes text of files does not end: pid={}", process.pid());
        }
        if (late.get()) {
            return Ending.LATE;
        }
        return !process.isAlive() && process.exitValue() == ExtractorCommand.EXIT_OUT_OF_MEMORY
                ? Ending.OUT_OF_MEMORY
                : Ending.CRASHED;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it, and removes its files. */
    void kill() {
        Descendants.end(process.toHandle());
        delete(scratch);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Scratch files were not deleted: folder={}", folder);
        }
    }
}
