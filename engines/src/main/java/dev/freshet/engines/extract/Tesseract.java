package dev.freshet.engines.extract;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the text of images with tesseract, a program that may be installed or not. Not safe for concurrent use. */
final class Tesseract {
    /** Of the shell: there is no such program, or it cannot be run. */
    private static final int NOT_RUN = 126;

    private static final int NOT_FOUND = 127;
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final int KILOBYTES = 1 << 20;
    private static final int BLOCK = 512;
    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    private final OcrOptions options;
    private final Duration limit;
    private final int mostText;
    private @Nullable Boolean installed;

    /**
     * Looks for nothing yet.
     *
     * @param limit for one image
     * @param mostText in UTF-16 code units, of one image
     */
    Tesseract(OcrOptions options, Duration limit, int mostText) {
        this.options = options;
        this.limit = limit;
        this.mostText = mostText;
    }

    /** Whether the program can be run; found out once. */
    boolean isInstalled() {
        if (installed == null) {
            installed = canRun();
        }
        return installed;
    }

    private boolean canRun() {
        try {
            int status = run(List.of("--version"), ProcessBuilder.Redirect.DISCARD, LOOK);
            return status != NOT_FOUND && status != NOT_RUN;
        } catch (IOException | RefusedContentException e) {
            // There is no shell, or the program does not even say its version.
            return false;
        }
    }

    /**
     * The text of an image, paragraph by paragraph.
     *
     * @throws RefusedContentException when the program cannot read it
     */
    List<String> read(InputStream image) throws IOException {
        Path in = Files.createTempFile("image", "");
        Path out = Files.createTempFile("text", ".txt");
        try {
            Files.copy(image, in, StandardCopyOption.REPLACE_EXISTING);
            List<String> arguments = List.of(in.toString(), "stdout", "-l", options.languages());
            int status = run(arguments, ProcessBuilder.Redirect.to(out.toFile()), limit);
            if (Files.size(out) > mostBytes()) {
                throw new RefusedContentException(
                        "text_too_long", "the document has more than %d characters of text".formatted(mostText));
            }
            if (status != 0) {
                throw new RefusedContentException(
                        "unreadable",
                        "the content is an image that tesseract ended on with status %d: it is damaged, or a language is not installed"
                                .formatted(status));
            }
            return paragraphs(new String(Files.readAllBytes(out), StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
        }
    }

    private static List<String> paragraphs(String text) {
        List<String> paragraphs = new ArrayList<>();
        for (String paragraph : text.split("\\n[ \\t\\f]*\\n", -1)) {
            if (!paragraph.isBlank()) {
                paragraphs.add(paragraph.strip());
            }
        }
        return paragraphs;
    }

    private long mostBytes() {
        return (long) mostText * MOST_BYTES_OF_A_CHARACTER;
    }

    /**
     * Its exit status. The shell sets limits that hold even where nobody is left to end it: seconds of processor, the size of what it writes,
     * and memory.
     */
    private int run(List<String> arguments, ProcessBuilder.Redirect output, Duration patience) throws IOException {
        String limits = "ulimit -t %d; ulimit -f %d; ulimit -v %d 2>/dev/null; exec \"$@\""
                .formatted(limit.toSeconds() + 1, mostBytes() / BLOCK + 2, KILOBYTES);
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", limits, "sh", options.program()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.remove("CLASSPATH");
        // More threads than one are for machines that read one image at a time.
        environment.put("OMP_THREAD_LIMIT", "1");
        Process process = builder.start();
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new RefusedContentException(
                    "extract_timeout",
                    "the content could not be read within %d seconds".formatted(patience.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("reading an image was interrupted", e);
        } finally {
            Descendants.end(process.toHandle());
        }
    }
}
