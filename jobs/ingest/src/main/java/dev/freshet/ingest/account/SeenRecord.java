package dev.freshet.ingest.account;

import dev.freshet.core.account.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one record above the watermark.
 *
 * @param read whether the record itself was seen: its outcome may arrive first
 * @param kind null while the record is pending
 * @param eventTimeMillis when its change happened as far as known, in milliseconds since 1970
 */
public record SeenRecord(boolean read, @Nullable OutcomeKind kind, long eventTimeMillis) {
    boolean pending() {
        return read && kind == null;
    }
}
