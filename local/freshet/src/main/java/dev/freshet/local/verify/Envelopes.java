package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads records as the job reads them, and counts those that it refuses. */
final class Envelopes {
    static final int LARGEST_RECORD = ChangeReader.LARGEST_RECORD;

    private final int largestRecord;
    private final ChangeReader envelope;
    private final Map<String, Long> refused = new TreeMap<>();
    private long records;

    /** @param largestRecord as the job has it, in bytes */
    Envelopes(int largestRecord) {
        this.largestRecord = largestRecord;
        this.envelope = new ChangeReader(largestRecord);
    }

    /** Reads alike, and counts by itself. */
    Envelopes another() {
        return new Envelopes(largestRecord);
    }

    /** Empty for a record that is no change. */
    Optional<DocumentChange> read(RawRecord record) {
        records++;
        return switch (envelope.read(record)) {
            case EnvelopeOutcome.Understood understood -> Optional.of(understood.change());
            case EnvelopeOutcome.Refused refusal -> {
                refused.merge(refusal.reason(), 1L, Long::sum);
                yield Optional.empty();
            }
        };
    }

    long records() {
        return records;
    }

    /** By reason. */
    Map<String, Long> refused() {
        return refused;
    }
}
