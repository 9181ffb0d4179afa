package dev.freshet.core.document;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record, or one chunk of a document, that could not go on, with all that is needed to understand it and to try again.
 *
 * @param scope what is missing from the index because of it
 * @param stage the stage that gave up, such as {@code parse}
 * @param reason a stable code, such as {@code malformed_json}
 * @param message the reason in words, for a person; never document text
 * @param attempts how often it was tried
 * @param value the record's bytes for {@link Scope#RECORD}; the chunk as JSON for {@link Scope#CHUNK}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record DeadLetter(
        Scope scope,
        SourcePosition origin,
        String stage,
        String reason,
        String message,
        int attempts,
        Instant failedAt,
        @Nullable String tenant,
        @Nullable String documentId,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RawHeader> headers) {
    /** What a dead letter stands for. */
    public enum Scope {
        /** The whole record: the change was not applied. */
        RECORD,
        /** One chunk of a change that was applied: it has no vector, or is not in the index. */
        CHUNK
    }

    /** The dead letter of a whole record. */
    public static DeadLetter ofRecord(
            RawRecord raw, @Nullable DocumentKey key, String stage, String reason, String message, Instant failedAt) {
        return new DeadLetter(
                Scope.RECORD,
                raw.position(),
                stage,
                reason,
                message,
                1,
                failedAt,
                key == null ? null : key.tenant(),
                key == null ? null : key.id(),
                raw.key(),
                raw.value(),
                raw.headers());
    }
}
