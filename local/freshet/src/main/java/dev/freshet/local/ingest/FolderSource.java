package dev.freshet.local.ingest;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The Markdown and text files of a folder; the path within the folder is the document's id. */
final class FolderSource implements Source {

    private final NavigableMap<String, Path> files;
    private final List<String> skipped;
    private final List<String> gone;
    private final Envelopes envelopes;

    private FolderSource(
            NavigableMap<String, Path> files, List<String> skipped, List<String> gone, Envelopes envelopes) {
        this.files = files;
        this.skipped = skipped;
        this.gone = gone;
        this.envelopes = envelopes;
    }

    /**
     * Lists the folder.
     *
     * @param known ids of which those without a file are deleted
     */
    static FolderSource of(Path folder, List<String> known, Envelopes envelopes) throws IOException {
        List<String> skipped = new ArrayList<>();
        NavigableMap<String, Path> files = list(folder, skipped);
        // A file that grew too large is still there: what the index holds of it is old, but it was not deleted.
        List<String> gone = known.stream()
                .filter(id -> !files.containsKey(id) && !skipped.contains(id))
                .toList();
        return new FolderSource(files, skipped, gone, envelopes);
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>(files.navigableKeySet());
        ids.addAll(skipped);
        return ids;
    }

    @Override
    public List<String> skipped() {
        return skipped;
    }

    @Override
    public long expected() {
        return (long) files.size() + gone.size();
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        for (String id : gone) {
            if (!sink.take(envelopes.delete(id, Instant.now()))) {
                return;
            }
        }
        for (var file : files.entrySet()) {
            String content = new String(Files.readAllBytes(file.getValue()), StandardCharsets.UTF_8);
            Instant changed = Files.getLastModifiedTime(file.getValue()).toInstant();
            if (!sink.take(envelopes.upsert(file.getKey(), content, changed))) {
                return;
            }
        }
    }

    private static NavigableMap<String, Path> list(Path folder, List<String> skipped) throws IOException {
        NavigableMap<String, Path> found = new TreeMap<>();
        if (Files.isRegularFile(folder)) {
            found.put(folder.getFileName().toString(), folder);
            return found;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(folder)
                        && directory.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String id = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (!attributes.isRegularFile() || !TextFiles.accepts(id)) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.size() > TextFiles.LARGEST) {
                    skipped.add(id);
                } else {
                    found.put(id, file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
