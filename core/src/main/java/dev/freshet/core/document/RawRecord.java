package dev.freshet.core.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read, before anything is known about it.
 *
 * @param timestamp the record's time in Kafka, or that of the last change of its file, in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record RawRecord(
        SourcePosition position,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RawHeader> headers) {
    public RawRecord {
        headers = headers == null ? List.of() : headers;
    }

    /** A record that is a value and nothing else, such as a line of a file. */
    public static RawRecord ofValue(SourcePosition position, long timestamp, byte[] value) {
        return new RawRecord(position, timestamp, null, value, List.of());
    }

    /** The value of the last header of this name as UTF-8, or null. */
    public @Nullable String header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equals(name)) {
                return headers.get(i).text();
            }
        }
        return null;
    }
}
