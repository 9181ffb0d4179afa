package dev.freshet.ingest.parse;

import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;

/**
 * A record was read: from now on somebody waits for its outcome.
 *
 * @param timestamp the record's time in Kafka, in milliseconds since 1970
 */
public record ReadRecord(SourcePosition position, long timestamp) {
    static ReadRecord of(RawRecord raw) {
        return new ReadRecord(raw.position(), raw.timestamp());
    }
}
