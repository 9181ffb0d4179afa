package dev.freshet.ingest.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads files of the machine. Links are followed, but not out of the folders that are allowed. */
final class FileContent implements ContentReader {
    private final List<Path> allowed;
    private final int largest;

    FileContent(List<ContentUri> allowed, int largest) {
        this.allowed = allowed.stream().map(prefix -> Path.of(prefix.path())).toList();
        this.largest = largest;
    }

    @Override
    public ContentOutcome read(ContentUri uri) throws IOException {
        try {
            Path real = Path.of(uri.path()).toRealPath();
            if (!isAllowed(real)) {
                return ContentOutcome.notAllowed("a link leads out of the allowed folders: " + uri.shown());
            }
            // What is no regular file, a pipe for example, may never end.
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                return ContentOutcome.notFound("there is no regular file: " + uri.shown());
            }
            try (InputStream stream = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
                return ContentOutcome.of(stream, largest);
            }
        } catch (NoSuchFileException e) {
            return ContentOutcome.notFound("there is no file: " + uri.shown());
        } catch (AccessDeniedException e) {
            return ContentOutcome.notFound("the file may not be read: " + uri.shown());
        } catch (FileSystemException e) {
            if (leadsThroughAFile(Path.of(uri.path()))) {
                return ContentOutcome.notFound("there is no folder of this name: " + uri.shown());
            }
            throw e;
        }
    }

    /** The system's own word for that is no exception of its own. */
    private static boolean leadsThroughAFile(Path path) {
        return Stream.iterate(path.getParent(), Objects::nonNull, Path::getParent)
                .anyMatch(Files::isRegularFile);
    }

    /** The folders are looked up each time: one that is a link may be pointed elsewhere. */
    private boolean isAllowed(Path real) throws IOException {
        for (Path folder : allowed) {
            if (Files.exists(folder) && real.startsWith(folder.toRealPath())) {
                return true;
            }
        }
        return false;
    }
}
