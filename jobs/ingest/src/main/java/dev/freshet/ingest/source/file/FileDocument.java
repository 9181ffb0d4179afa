package dev.freshet.ingest.source.file;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.extract.FileEndings;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.extract.ReadContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file as a document. Its version and its time are those of the file's last change; its content type follows the ending
 * of its name.
 *
 * @param id the path within the location; the name where the location is the file itself
 * @param path where it lies
 * @param modified in milliseconds since 1970
 */
record FileDocument(String tenant, String id, String path, long modified) {
    static String idOf(String location, String file) {
        String folder = location.endsWith("/") ? location : location + "/";
        return file.startsWith(folder) ? file.substring(folder.length()) : file.substring(file.lastIndexOf('/') + 1);
    }

    /**
     * The record that stands for the file. Bytes that cannot become an envelope, because they are too many, or neither UTF-8 nor of a type
     * that the name tells, are handed over as they are: the parse stage refuses them for that reason, and the dead letter keeps them.
     *
     * @param longestRead bytes of a file that were read at most; with as many, it is too large
     */
    RawRecord record(byte[] content, int longestRead) {
        DocumentKey key = new DocumentKey(tenant, id);
        ChangeEnvelope envelope = content.length < longestRead ? envelope(key, content) : null;
        return new RawRecord(
                new SourcePosition(path, 0, 0),
                time(),
                key.path().getBytes(StandardCharsets.UTF_8),
                envelope == null ? content : envelope.withUri(path).recordValue(),
                List.of());
    }

    private @Nullable ChangeEnvelope envelope(DocumentKey key, byte[] content) {
        ChangeOrder order = new ChangeOrder(0, time());
        Instant changed = Instant.ofEpochMilli(time());
        String type = FileEndings.contentType(id);
        if (type != null) {
            return ChangeEnvelope.upsertFile(key, order, changed, type, content);
        }
        String text = ReadContent.utf8(content);
        return text == null ? null : ChangeEnvelope.upsert(key, order, changed, MediaType.PLAIN, text);
    }

    /** Some file systems tell no time, or one before 1970; neither can be a version. */
    private long time() {
        return Math.clamp(modified, 0, ChangeOrder.VERSION_LIMIT - 1);
    }
}
