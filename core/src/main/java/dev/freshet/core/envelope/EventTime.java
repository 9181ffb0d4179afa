package dev.freshet.core.envelope;

import dev.freshet.core.document.RawRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** When a change happened. */
final class EventTime {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private EventTime() {}

    /** The time that the change states; else the record's. */
    static Instant of(@Nullable String stated, RawRecord raw) throws RefusedException {
        Instant time = stated == null ? Instant.ofEpochMilli(raw.timestamp()) : parse(stated);
        // No index takes dates outside of these.
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new RefusedException("invalid_event_time", "event_time must be between the years 0 and 9999");
        }
        return time;
    }

    private static Instant parse(String stated) throws RefusedException {
        try {
            return OffsetDateTime.parse(stated).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedException("invalid_event_time", "event_time is not a time as in 2026-01-31T12:00:00Z");
        }
    }
}
