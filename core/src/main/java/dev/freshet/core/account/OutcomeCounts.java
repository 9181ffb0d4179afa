package dev.freshet.core.account;

/**
 * How many records were read, and what became of them: {@code records} is always the sum of the others.
 *
 * @param pending read, and without an outcome yet
 */
public record OutcomeCounts(
        long records, long applied, long unchanged, long superseded, long deadLettered, long parked, long pending) {
    public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0);

    /** One more record was read. */
    public OutcomeCounts read() {
        return new OutcomeCounts(records + 1, applied, unchanged, superseded, deadLettered, parked, pending + 1);
    }

    /** A record that was pending has this outcome. */
    public OutcomeCounts settled(OutcomeKind kind) {
        return new OutcomeCounts(records, applied, unchanged, superseded, deadLettered, parked, pending - 1)
                .withOneMore(kind);
    }

    /** A record that was parked has its final outcome. */
    public OutcomeCounts unparked(OutcomeKind kind) {
        return new OutcomeCounts(records, applied, unchanged, superseded, deadLettered, parked - 1, pending)
                .withOneMore(kind);
    }

    /** The counts of both together. */
    public OutcomeCounts plus(OutcomeCounts other) {
        return new OutcomeCounts(
                records + other.records,
                applied + other.applied,
                unchanged + other.unchanged,
                superseded + other.superseded,
                deadLettered + other.deadLettered,
                parked + other.parked,
                pending + other.pending);
    }

    private OutcomeCounts withOneMore(OutcomeKind kind) {
        return new OutcomeCounts(
                records,
                applied + (kind == OutcomeKind.APPLIED ? 1 : 0),
                unchanged + (kind == OutcomeKind.UNCHANGED ? 1 : 0),
                superseded + (kind == OutcomeKind.SUPERSEDED ? 1 : 0),
                deadLettered + (kind == OutcomeKind.DEAD_LETTERED ? 1 : 0),
                parked + (kind == OutcomeKind.PARKED ? 1 : 0),
                pending);
    }
}
