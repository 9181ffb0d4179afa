package dev.freshet.local.ingest;

import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.extract.FileEndings;
import dev.freshet.core.extract.MediaType;
import java.util.Locale;

/** Which files are documents, and which of them can be sent. */
final class DocumentFiles {

    /** The largest record that the ingest job takes, in bytes; larger ones would only become dead letters. */
    static final long LARGEST = ChangeReader.LARGEST_RECORD;

    /** In a record, a file that is no text has four bytes for every three. */
    static final long LARGEST_PACKED = LARGEST / 4 * 3;

    /** For people. */
    static final String FORMATS = ".md, .txt, .html, .pdf, .docx, .pptx, .xlsx, .eml, images and source code";

    private DocumentFiles() {}

    /** Whether a file of this name, or path, is of a format that can be read; of images it depends on the job. */
    static boolean accepts(String path) {
        return FileEndings.contentType(path) != null;
    }

    static boolean isImage(String path) {
        return MediaType.parse(FileEndings.contentType(path)).isImage();
    }

    /** Whether the last name of the path is one that listings leave out. */
    static boolean isHidden(String path) {
        return path.startsWith(".", path.lastIndexOf('/') + 1);
    }

    static boolean fits(String path, long bytes) {
        boolean packed = MediaType.parse(FileEndings.contentType(path)).isPacked();
        return bytes <= (packed ? LARGEST_PACKED : LARGEST);
    }

    /** The limit, in words. */
    static String limit() {
        return String.format(
                Locale.ROOT,
                "%d MB (%.1f MB for what is no text)",
                LARGEST / (1 << 20),
                (double) LARGEST_PACKED / (1 << 20));
    }
}
