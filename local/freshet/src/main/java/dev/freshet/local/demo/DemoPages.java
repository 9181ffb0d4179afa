package dev.freshet.local.demo;

import dev.freshet.local.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the project's documentation that the demo may change. */
final class DemoPages {

    static final String NEWS = "The ferry to the lighthouse leaves every Tuesday at seventeen minutes past nine.";

    private final Path folder;
    private final List<Path> pages;

    private DemoPages(Path folder, List<Path> pages) {
        this.folder = folder;
        this.pages = pages;
    }

    /** Copies README.md and docs/ to a fresh folder. */
    static DemoPages copy(Path project, Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
        List<Path> sources;
        try (Stream<Path> files = Files.walk(project.resolve("docs"))) {
            sources = Stream.concat(Stream.of(project.resolve("README.md")), files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        if (sources.size() < 2) {
            throw new StackException("the demo needs README.md and docs/ in " + project);
        }
        List<Path> pages = sources.stream().map(project::relativize).toList();
        for (Path page : pages) {
            Path copy = folder.resolve(page);
            Files.createDirectories(copy.getParent());
            Files.copy(project.resolve(page), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return new DemoPages(folder, pages);
    }

    Path folder() {
        return folder;
    }

    int size() {
        return pages.size();
    }

    /** Adds a paragraph to the first page that will stay; returns the page. */
    Path change() throws IOException {
        Path page = pages.getFirst();
        Files.writeString(folder.resolve(page), "\n\n## Ferry\n\n" + NEWS + "\n", StandardOpenOption.APPEND);
        return page;
    }

    /** Deletes the last page; returns it. */
    Path delete() throws IOException {
        Path page = pages.getLast();
        Files.delete(folder.resolve(page));
        return page;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
