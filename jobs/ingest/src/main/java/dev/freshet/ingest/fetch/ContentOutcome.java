package dev.freshet.ingest.fetch;

import java.io.IOException;
import java.io.InputStream;

/** What one attempt to read content gave. */
sealed interface ContentOutcome {
    /** All of the content. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
    record Content(byte[] bytes) implements ContentOutcome {}

    /**
     * The content can never be read.
     *
     * @param reason a stable code
     * @param message the reason in words
     */
    record Refused(String reason, String message) implements ContentOutcome {}

    /** Nothing was read this time; another attempt may succeed. */
    record Unavailable(String message) implements ContentOutcome {}

    /** The stream as content, of which never more than the largest and one byte is read. */
    static ContentOutcome of(InputStream stream, int largest) throws IOException {
        byte[] bytes = stream.readNBytes(largest);
        return stream.read() < 0 ? new Content(bytes) : tooLarge(largest);
    }

    static Refused tooLarge(int largest) {
        return new Refused("content_too_large", "the content has more than %d bytes".formatted(largest));
    }

    static Refused notAllowed(String message) {
        return new Refused("reference_not_allowed", message);
    }

    static Refused notFound(String message) {
        return new Refused("content_not_found", message);
    }
}
