package dev.freshet.local.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Checkpoints that were kept on disk. */
public final class Checkpoints {

    private Checkpoints() {}

    /** The complete checkpoints below a folder that holds one folder per job, the newest first. */
    public static List<Path> newestFirst(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(
                folder, 3, (path, attributes) -> path.getFileName().toString().equals("_metadata"))) {
            return files.sorted(Comparator.comparing(Checkpoints::written).reversed())
                    .map(Path::getParent)
                    .toList();
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // Subsumed between the listing and now.
            return FileTime.fromMillis(0);
        }
    }
}
