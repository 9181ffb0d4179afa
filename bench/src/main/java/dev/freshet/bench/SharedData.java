package dev.freshet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The collections beside the project, which are not part of it. */
final class SharedData {
    /** The edit history of a handbook. */
    static final String HANDBOOK = "handbook.jsonl.gz";

    private SharedData() {}

    /** All pages of the handbook as they were last; empty, and said so, where it is missing. */
    static Optional<List<Corpus.Document>> handbook(Path project) throws IOException {
        return handbook(project, Integer.MAX_VALUE);
    }

    /** The first pages of the handbook as they were last; empty, and said so, where it is missing. */
    static Optional<List<Corpus.Document>> handbook(Path project, int most) throws IOException {
        Optional<Path> history = find(project, HANDBOOK);
        if (history.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Corpus.newestPages(history.get()).stream().limit(most).toList());
    }

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
