package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractLimits;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of the process that parses: the same Java, the same classes, a small heap, nothing of the environment. */
final class ExtractorCommand {
    /** Of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_OUT_OF_MEMORY = 3;

    private static final int MEGABYTES_OF_CLASSES = 128;
    /** Where the program lies, and its models. */
    private static final Set<String> OF_TESSERACT = Set.of("PATH", "TESSDATA_PREFIX");

    private ExtractorCommand() {}

    static ProcessBuilder of(ForkOptions options, Path scratch) {
        ExtractLimits limits = options.limits();
        List<String> command = new ArrayList<>(List.of(
                java().toString(),
                "-Xmx" + options.megabytes() + "m",
                "-Xss2m",
                "-XX:MaxMetaspaceSize=" + MEGABYTES_OF_CLASSES + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // What it says when it does would be taken for an answer, and the process ended before it says how it
                // ends.
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + scratch.resolve("crash.log"),
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + scratch,
                "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
                ExtractorMain.class.getName(),
                Long.toString(limits.time().toMillis()),
                Integer.toString(limits.bytes()),
                Long.toString(limits.unpackedBytes()),
                Integer.toString(limits.text()),
                Integer.toString(limits.depth())));
        OcrOptions ocr = options.ocr();
        if (ocr != null) {
            command.addAll(List.of(ocr.program(), ocr.languages()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        Map<String, String> environment = builder.environment();
        // What parses files that anybody wrote has no business with what is in there.
        environment.keySet().retainAll(ocr == null ? Set.of() : OF_TESSERACT);
        // Too long for a command line, where everybody would see it.
        environment.put("CLASSPATH", classPath());
        return builder;
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Where the classes of this one come from: a job's are not on the class path of the process. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        if (ExtractorMain.class.getClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                entries.add(path(url));
            }
        }
        entries.add(ManagementFactory.getRuntimeMXBean().getClassPath());
        return String.join(File.pathSeparator, entries);
    }

    private static String path(URL url) {
        try {
            URI uri = url.toURI();
            return uri.getScheme().equals("file") ? Path.of(uri).toString() : url.getPath();
        } catch (URISyntaxException e) {
            return url.getPath();
        }
    }
}
