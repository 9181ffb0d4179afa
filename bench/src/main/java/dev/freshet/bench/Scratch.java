package dev.freshet.bench;

import dev.freshet.local.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a benchmark's stack keeps its data, and whether it is at rest. */
final class Scratch {
    private static final long LOOK_MILLIS = 1_000;
    private static final double AT_REST = 0.1;
    private static final int MOST_LOOKS = 20;

    private Scratch() {}

    /** An empty folder for a stack, below the build folder; logs of the last run are in it until the next. */
    static Path folder(Path project, String name) throws IOException {
        Path folder = project.resolve("bench/target/stacks").resolve(name);
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    /** Waits until the stack's processes have next to nothing to do, such as merging segments; not for long. */
    static void settle(LocalStack stack) throws InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            CpuSeconds before = CpuSeconds.of(stack);
            Thread.sleep(LOOK_MILLIS);
            if (CpuSeconds.of(stack).since(before).total() < AT_REST * LOOK_MILLIS / 1e3) {
                return;
            }
        }
    }
}
