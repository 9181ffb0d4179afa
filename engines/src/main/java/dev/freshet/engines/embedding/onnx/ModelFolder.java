package dev.freshet.engines.embedding.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of an exported encoder are; both paths are absolute.
 *
 * @param folder of the tokenizer and the settings
 * @param graph the ONNX file, in the folder or in one inside of it
 */
record ModelFolder(Path folder, Path graph) {
    private static final String GRAPH = "model.onnx";
    /** Where exporters put graphs, when it is not the folder itself. */
    private static final String GRAPHS = "onnx";

    private static final String TOKENIZER = "tokenizer.json";
    private static final int MOST_NAMED = 8;

    /** The files around a path; null, and a problem, where there is no graph. */
    static @Nullable ModelFolder find(Path given, List<String> problems) {
        Path path = given.toAbsolutePath().normalize();
        if (Files.isRegularFile(path)) {
            Path folder = parent(path);
            boolean above = !Files.exists(folder.resolve(TOKENIZER))
                    && Files.exists(parent(folder).resolve(TOKENIZER));
            return new ModelFolder(above ? parent(folder) : folder, path);
        }
        if (!Files.isDirectory(path)) {
            problems.add("there is no such file or folder on this machine; it must be at the same path on every"
                    + " TaskManager, and where the query API runs");
            return null;
        }
        for (Path graph : List.of(path.resolve(GRAPH), path.resolve(GRAPHS).resolve(GRAPH))) {
            if (Files.isRegularFile(graph)) {
                return new ModelFolder(path, graph);
            }
        }
        String others = otherGraphs(path);
        problems.add(
                others.isEmpty()
                        ? "the folder has no " + GRAPH
                        : "the folder has no %s; name one of its files instead: %s".formatted(GRAPH, others));
        return null;
    }

    private static String otherGraphs(Path path) {
        try (Stream<Path> files = Files.walk(path, 2)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .map(file -> path.relativize(file).toString())
                    .sorted()
                    .limit(MOST_NAMED)
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "";
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    Path tokenizer() {
        return folder.resolve(TOKENIZER);
    }

    /** The name of the folder, and that of the file where it is not the usual one. */
    String name() {
        String name = String.valueOf(folder.getFileName());
        String file = String.valueOf(graph.getFileName());
        return file.equals(GRAPH) ? name : name + "/" + file.replaceFirst("\\.onnx$", "");
    }
}
