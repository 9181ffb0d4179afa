package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The freshet command as a process of its own, started as {@code bin/freshet} starts it, but never building. */
final class Command {
    private static final Duration DEADLINE = Duration.ofMinutes(8);

    private final Path project;
    private final List<String> always;

    /** What a run printed. */
    record Result(int status, String output, String errors) {
        String succeeded() {
            assertThat(status).as("%s%n%s", output, errors).isZero();
            return output;
        }
    }

    Command(Path project, String... always) {
        this.project = project;
        this.always = List.of(always);
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfreshet.project=" + project,
                "-cp",
                classPath(),
                "dev.freshet.local.Freshet"));
        command.addAll(List.of(arguments));
        command.addAll(always);
        Path output = Files.createTempFile("freshet", ".out");
        Path errors = Files.createTempFile("freshet", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Result(process.waitFor(), text(output), text(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private String classPath() throws IOException {
        Path target = project.resolve("local/freshet/target");
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("local-freshet-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("local/freshet is not built"));
            return jar + ":" + text(target.resolve("runtime.classpath"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
