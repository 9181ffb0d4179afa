package dev.freshet.core.index;

/** What became of one {@link IndexWrite}. Decided once, in the adapter of the engine. */
public sealed interface WriteOutcome {
    /** The index holds it. */
    record Written() implements WriteOutcome {}

    /** The index holds something newer, or the same from an earlier attempt: nothing is missing. */
    record AlreadyNewer() implements WriteOutcome {}

    /** The generation that the write was for is not being built: it is searched by now, or was given up. */
    record Gone() implements WriteOutcome {}

    /**
     * The index is busy, blocked or away: the same write may succeed later.
     *
     * @param reason a stable code
     * @param overloaded whether it has too much to do at a time, so that fewer requests would help
     */
    record Retryable(String reason, boolean overloaded) implements WriteOutcome {
        public Retryable(String reason) {
            this(reason, false);
        }
    }

    /**
     * The index will never take this write.
     *
     * @param reason a stable code
     * @param message the engine's words
     */
    record Rejected(String reason, String message) implements WriteOutcome {}
}
