package dev.freshet.ingest.source.file;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

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
     * The record that stands for the file. Bytes that cannot become an envelope, because they are not UTF-8 or too many,
     * are handed over as they are: the parse stage refuses them for that reason, and the dead letter keeps them.
     *
     * @param longestRead bytes of a file that were read at most; with as many, it is too large
     */
    RawRecord record(byte[] content, int longestRead) {
        DocumentKey key = new DocumentKey(tenant, id);
        byte[] value = content;
        if (content.length < longestRead) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(content))
                        .toString();
                value = envelope(key, text).recordValue();
            } catch (CharacterCodingException e) {
                // Stays as it is.
            }
        }
        return new RawRecord(
                new SourcePosition(path, 0, 0), time(), key.path().getBytes(StandardCharsets.UTF_8), value, List.of());
    }

    private ChangeEnvelope envelope(DocumentKey key, String text) {
        return ChangeEnvelope.upsert(key, new ChangeOrder(0, time()), Instant.ofEpochMilli(time()), contentType(), text)
                .withUri(path);
    }

    /** Some file systems tell no time, or one before 1970; neither can be a version. */
    private long time() {
        return Math.clamp(modified, 0, ChangeOrder.VERSION_LIMIT - 1);
    }

    private String contentType() {
        String name = id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "md", "markdown" -> "text/markdown";
            case "html", "htm" -> "text/html";
            default -> "text/plain";
        };
    }
}
