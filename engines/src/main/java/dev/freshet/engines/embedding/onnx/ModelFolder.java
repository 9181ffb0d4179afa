package dev.freshet.engines.embedding.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of an exported model are; both paths are absolute.
 *
 * @param folder of the tokenizer and the settings
 * @param graph the ONNX file, in the folder or in one inside of it
 */
public record ModelFolder(Path folder, Path graph) {
    private static final String GRAPH = "model.onnx";
    /** Where exporters put graphs, when it is not the folder itself. */
    private static final String GRAPHS = "onnx";

    private static final String TOKENIZER = "tokenizer.json";
    private static final int MOST_NAMED = 8;
    private static final int HEAD = 128;
    private static final String LFS_POINTER = "version https://git-lfs";

    /**
     * The files around a path; null, and a problem, where there is no graph.
     *
     * @param needed on which machines, in words for somebody who finds nothing there
     */
    public static @Nullable ModelFolder find(String given, String needed, List<String> problems) {
        Path path;
        try {
            path = Path.of(given).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            problems.add("this is no path");
            return null;
        }
        if (Files.isRegularFile(path)) {
            Path folder = parent(path);
            boolean above = !Files.exists(folder.resolve(TOKENIZER))
                    && Files.exists(parent(folder).resolve(TOKENIZER));
            return new ModelFolder(above ? parent(folder) : folder, path);
        }
        if (!Files.isDirectory(path)) {
            problems.add("there is no such file or folder on this machine; it must be at the same path " + needed);
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

    /** The file of the tokenizer, which may be missing. */
    public Path tokenizer() {
        return folder.resolve(TOKENIZER);
    }

    /** Whether the tokenizer is there as a whole; else a problem. */
    public boolean hasTokenizer(List<String> problems) {
        return isWhole(tokenizer(), problems);
    }

    /** What the ONNX file says of itself; null, and problems, where it or its weights cannot be read. */
    public @Nullable OnnxGraph read(List<String> problems) {
        OnnxGraph read = isWhole(graph, problems) ? parse(problems) : null;
        if (read != null) {
            new TreeSet<>(read.externalFiles()).forEach(external -> checkExternal(external, problems));
        }
        return read;
    }

    private @Nullable OnnxGraph parse(List<String> problems) {
        try (FileChannel channel = FileChannel.open(graph)) {
            if (channel.size() > Integer.MAX_VALUE) {
                problems.add("%s is larger than 2 GB: weights of that size belong in a file beside it"
                        .formatted(graph.getFileName()));
                return null;
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return OnnxGraph.read(bytes);
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(graph.getFileName(), e.getMessage()));
        } catch (IllegalArgumentException e) {
            problems.add("%s is no ONNX file: %s".formatted(graph.getFileName(), e.getMessage()));
        }
        return null;
    }

    private void checkExternal(String external, List<String> problems) {
        Path file = external(external);
        if (external.isEmpty() || !file.startsWith(parent(graph))) {
            problems.add("%s keeps weights outside of its folder, in '%s'".formatted(graph.getFileName(), external));
        } else {
            isWhole(file, problems);
        }
    }

    /** A file with weights, by the name that the ONNX file has for it. */
    Path external(String name) {
        return graph.resolveSibling(name).normalize();
    }

    /** Whether a file is there, and is not what git leaves in the place of a large one. */
    private static boolean isWhole(Path file, List<String> problems) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            problems.add("there is no readable file %s in %s".formatted(file.getFileName(), file.getParent()));
            return false;
        }
        if (head(file).startsWith(LFS_POINTER)) {
            problems.add("%s is only a pointer of Git LFS: fetch the file itself with 'git lfs pull'"
                    .formatted(file.getFileName()));
            return false;
        }
        return true;
    }

    private static String head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** The name of the folder, and that of the file where it is not the usual one. */
    public String name() {
        String name = String.valueOf(folder.getFileName());
        String file = String.valueOf(graph.getFileName());
        return file.equals(GRAPH) ? name : name + "/" + file.replaceFirst("\\.onnx$", "");
    }
}
