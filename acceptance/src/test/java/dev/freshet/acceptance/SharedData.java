package dev.freshet.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real collections for tests, beside the project; tests that need one are skipped where it is missing. */
final class SharedData {
    private SharedData() {}

    static Path folder() {
        return project().resolveSibling("shared").resolve("data");
    }

    /** The project's root. */
    static Path project() {
        Path project = Path.of("").toAbsolutePath();
        while (project.getParent() != null && !Files.exists(project.resolve(".mvn"))) {
            project = project.getParent();
        }
        return project;
    }
}
