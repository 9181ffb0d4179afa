package dev.freshet.local.ingest;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What lies in a folder, by the paths within it; or one file, by its name.
 *
 * @param documents that can be sent
 * @param tooLarge documents that cannot
 * @param images that nobody asked for
 * @param unknown files of no known format, without the hidden ones
 */
record FolderListing(
        NavigableMap<String, Path> documents, Set<String> tooLarge, Set<String> images, Set<String> unknown) {

    /** @param withImages whether images in the folder are documents; one that is named itself always is */
    static FolderListing of(Path folder, boolean withImages) throws IOException {
        FolderListing listing = new FolderListing(new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        if (Files.isRegularFile(folder)) {
            listing.add(folder.getFileName().toString(), folder, Files.size(folder), true);
            return listing;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(folder)
                        && DocumentFiles.isHidden(directory.getFileName().toString());
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    String id = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    listing.add(id, file, attributes.size(), withImages);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return listing;
    }

    /** Whether it lies there, sent or not. */
    boolean has(String id) {
        return documents.containsKey(id) || tooLarge.contains(id) || images.contains(id);
    }

    private void add(String id, Path file, long bytes, boolean withImages) {
        if (!DocumentFiles.accepts(id)) {
            if (!DocumentFiles.isHidden(id)) {
                unknown.add(id);
            }
        } else if (!withImages && DocumentFiles.isImage(id)) {
            images.add(id);
        } else if (DocumentFiles.fits(id, bytes)) {
            documents.put(id, file);
        } else {
            tooLarge.add(id);
        }
    }
}
