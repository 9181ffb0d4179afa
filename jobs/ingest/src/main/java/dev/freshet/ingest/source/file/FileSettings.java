package dev.freshet.ingest.source.file;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which files are read, and how.
 *
 * @param location a folder or a file, as a URI of any file system that Flink knows
 * @param tenant of {@link Format#DOCUMENTS}
 * @param watch how often to look for new files; null to end after those that are there
 * @param largestRecord in bytes; what is larger is cut one byte later, to be refused by the parse stage
 */
public record FileSettings(
        String location,
        Format format,
        String tenant,
        @Nullable Duration watch,
        int largestRecord) {
    /** How many bytes of a record are read: one more than the largest. */
    int longestRead() {
        return (int) Math.min(largestRecord + 1L, Integer.MAX_VALUE - 8);
    }

    /** What a file holds. */
    public enum Format {
        /** An envelope in JSON on every line. */
        LINES,
        /** The text of one document. */
        DOCUMENTS
    }
}
