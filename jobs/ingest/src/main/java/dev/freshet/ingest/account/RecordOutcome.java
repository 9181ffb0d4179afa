package dev.freshet.ingest.account;

import dev.freshet.core.account.OutcomeKind;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.SourcePosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record.
 *
 * @param eventTime when its change happened; null where the record did not say, or nobody could read it
 */
public record RecordOutcome(
        SourcePosition origin, OutcomeKind kind, @Nullable Instant eventTime) {
    /** The outcome of a record whose delete is held back. A second outcome follows when somebody has decided. */
    public static RecordOutcome parked(SourcePosition origin) {
        return new RecordOutcome(origin, OutcomeKind.PARKED, null);
    }

    static RecordOutcome deadLettered(SourcePosition origin) {
        return new RecordOutcome(origin, OutcomeKind.DEAD_LETTERED, null);
    }

    static RecordOutcome of(ChangeReceipt receipt) {
        OutcomeKind kind = switch (receipt.outcome()) {
            case APPLIED -> OutcomeKind.APPLIED;
            case UNCHANGED -> OutcomeKind.UNCHANGED;
            case SUPERSEDED -> OutcomeKind.SUPERSEDED;
        };
        return new RecordOutcome(receipt.origin(), kind, receipt.eventTime());
    }
}
