package dev.freshet.ingest.fetch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Reads objects of a store through Flink's file system of the scheme. */
final class StoreContent implements ContentReader {
    private final int largest;

    StoreContent(int largest) {
        this.largest = largest;
    }

    /** What is missing where Flink has no file system for what is allowed, in words: no such reference could ever be followed. */
    static List<String> missingFileSystems(List<ContentUri> allowed) throws IOException {
        List<String> missing = new ArrayList<>();
        for (ContentUri prefix : allowed) {
            try {
                FileSystem.get(URI.create(prefix.text()));
            } catch (UnsupportedFileSystemSchemeException e) {
                missing.add(
                        "--content-allow names %s, but Flink has no file system for %s: here; put flink-s3-fs-native into plugins/, as docs/operations.md says"
                                .formatted(prefix.shown(), prefix.scheme()));
            }
        }
        return missing;
    }

    @Override
    public ContentOutcome read(ContentUri uri) throws IOException {
        Path path = new Path(uri.scheme(), uri.host(), uri.path());
        try (InputStream stream = path.getFileSystem().open(path)) {
            return ContentOutcome.of(stream, largest);
        } catch (FileNotFoundException e) {
            return ContentOutcome.notFound("there is no object: " + uri.shown());
        }
    }
}
