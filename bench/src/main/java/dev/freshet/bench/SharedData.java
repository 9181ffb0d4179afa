package dev.freshet.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The collections beside the project, which are not part of it. */
final class SharedData {
    private SharedData() {}

    /** A file or folder there; empty, and said so, where it is missing. */
    static Optional<Path> find(Path project, String name) {
        Path found = project.resolveSibling("shared").resolve("data").resolve(name);
        if (Files.exists(found)) {
            return Optional.of(found);
        }
        System.err.println("skipped: this benchmark needs ../shared/data/" + name + " beside the project");
        return Optional.empty();
    }
}
