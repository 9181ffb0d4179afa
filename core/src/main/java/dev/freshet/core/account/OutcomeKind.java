package dev.freshet.core.account;

/** The ways in which a record that was read ends, or waits. */
public enum OutcomeKind {
    /** The index follows the change. */
    APPLIED,
    /** The index held the same before. */
    UNCHANGED,
    /** A newer change was accepted before. */
    SUPERSEDED,
    /** It can never be applied, and is in the dead letters. */
    DEAD_LETTERED,
    /** A delete that is held back until somebody decides; it then ends as one of the others. */
    PARKED
}
