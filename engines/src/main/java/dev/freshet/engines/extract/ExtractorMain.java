package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ForeignContent;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process that parses: takes content from standard input, one after the other, and says on standard output what became of it. It ends
 * with the process that started it, and, should that be gone, when the limit of time is over.
 */
public final class ExtractorMain {
    /** The parent ends this process before; this is for when there is no parent any more. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final int EXIT_LATE = 4;
    private static final int LIMITS = 5;

    private ExtractorMain() {}

    /**
     * Serves until standard input ends.
     *
     * @param arguments the limits: milliseconds, bytes, bytes unpacked, characters of text, depth; and, where images are read, the program
     *     for it and its languages
     */
    public static void main(String[] arguments) throws IOException {
        ExtractLimits limits = new ExtractLimits(
                Duration.ofMillis(Long.parseLong(arguments[0])),
                Integer.parseInt(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
        try (DataInputStream in =
                        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), 1 << 16));
                DataOutputStream out = new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16))) {
            // Whatever a library prints must not get between the answers.
            System.setOut(System.err);
            serve(
                    in,
                    out,
                    new DocumentParser(limits, tesseract(arguments, limits)),
                    limits.time().plus(GRACE));
        }
    }

    private static @Nullable Tesseract tesseract(String[] arguments, ExtractLimits limits) {
        return arguments.length <= LIMITS
                ? null
                : new Tesseract(new OcrOptions(arguments[LIMITS], arguments[LIMITS + 1]), limits.time(), limits.text());
    }

    private static void endLate() {
        Descendants.endOwn();
        Runtime.getRuntime().halt(EXIT_LATE);
    }

    private static void serve(DataInputStream in, DataOutputStream out, DocumentParser parser, Duration deadline)
            throws IOException {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("deadline").factory());
        out.writeInt(Frames.READY);
        out.flush();
        while (true) {
            ForeignContent content;
            try {
                content = Frames.readContent(in);
            } catch (EOFException e) {
                return;
            }
            Future<?> late = watch.schedule(ExtractorMain::endLate, deadline.toMillis(), TimeUnit.MILLISECONDS);
            Frames.write(out, parser.parse(content));
            late.cancel(false);
            out.flush();
        }
    }
}
