package dev.freshet.ingest.source.file;

import dev.freshet.core.document.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * The files of a folder as a source, its folders included, hidden ones (those whose name begins with {@code .} or
 * {@code _}) left out. A file that cannot be read fails the job.
 *
 * <p>A watched folder is asked for new files only: a file is read once, however it changes later, and its removal cannot be
 * seen. Files must therefore be moved into the folder when they are complete; {@code freshet ingest --delete-missing} compares
 * a folder with what was read of it before.
 */
public final class FileChanges {
    private FileChanges() {}

    public static Source<RawRecord, ?, ?> source(FileSettings settings) {
        Path location = qualified(new Path(settings.location()));
        BulkFormat<RawRecord, FileSourceSplit> format = switch (settings.format()) {
            case LINES -> new LinesFormat(settings.longestRead());
            case DOCUMENTS -> new DocumentsFormat(location.toUri(), settings.tenant(), settings.longestRead());
        };
        var files = FileSource.forBulkFileFormat(format, location).setFileEnumerator(WholeFiles::new);
        return settings.watch() == null
                ? files.build()
                : files.monitorContinuously(settings.watch()).build();
    }

    /** With scheme and from the root, as the file system names its files. */
    private static Path qualified(Path location) {
        try {
            return location.makeQualified(location.getFileSystem());
        } catch (UnsupportedFileSystemSchemeException e) {
            // Flink's own words name plugins that do not run on every Java.
            IllegalArgumentException unknown = new IllegalArgumentException(
                    "--files names %s, but Flink has no file system for it here; for s3: put flink-s3-fs-native into plugins/, as docs/operations.md says"
                            .formatted(location));
            unknown.addSuppressed(e);
            throw unknown;
        } catch (IOException e) {
            throw new UncheckedIOException("--files cannot be opened: " + e.getMessage(), e);
        }
    }
}
