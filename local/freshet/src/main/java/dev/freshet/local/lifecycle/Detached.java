package dev.freshet.local.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts a process that stays when this command and its terminal are gone. */
final class Detached {

    private Detached() {}

    /** The output goes to the end of the log. */
    static Process start(List<String> command, Path directory, Path log) throws IOException {
        List<String> detached = new ArrayList<>();
        // setsid leaves the terminal's session; where it is missing, nohup ignores the hang-up at least.
        Stream.of("setsid", "nohup")
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .ifPresent(program -> detached.add(program.toString()));
        detached.addAll(command);
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process process = new ProcessBuilder(detached)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        return process;
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
