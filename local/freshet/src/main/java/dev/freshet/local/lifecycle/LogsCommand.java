package dev.freshet.local.lifecycle;

import dev.freshet.local.process.LogFile;
import dev.freshet.local.stack.StackException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of a log, and what is added to it. */
@Command(name = "logs", description = "Show the end of a log; without a name, list the logs.")
public final class LogsCommand implements Callable<Integer> {

    private static final int PAUSE_MILLIS = 300;

    private final Workspace workspace;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "supervisor, opensearch, kafka, jobmanager, taskmanager, api or build.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Keep showing what is added.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "50",
            paramLabel = "N",
            description = "Number of lines (${DEFAULT-VALUE}).")
    private int lines;

    public LogsCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = home.in(workspace).resolve("logs");
        List<String> names = names(folder);
        if (name == null) {
            names.forEach(each -> workspace.terminal().line(each + "\t" + folder.resolve(each + ".log")));
            return 0;
        }
        if (!names.contains(name)) {
            throw new StackException("there is no log " + name + " in " + folder + "; there are: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        Path log = folder.resolve(name + ".log");
        LogFile.tail(log, lines).forEach(workspace.terminal()::line);
        if (follow) {
            follow(log);
        }
        return 0;
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - ".log".length()))
                    .sorted()
                    .toList();
        }
    }

    /** Until the command is interrupted. */
    private void follow(Path log) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long position = file.length();
            byte[] buffer = new byte[64 * 1024];
            while (!Thread.currentThread().isInterrupted()) {
                // A log that was cut starts again.
                position = Math.min(position, file.length());
                file.seek(position);
                int read = file.read(buffer);
                if (read <= 0) {
                    Thread.sleep(PAUSE_MILLIS);
                    continue;
                }
                workspace.terminal().out().write(buffer, 0, read);
                workspace.terminal().out().flush();
                position += read;
            }
        }
    }
}
