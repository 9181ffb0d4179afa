package dev.freshet.core.document;

import java.time.Instant;

/** How somebody dealt with a dead letter. */
public record Resolution(Action action, Instant at) {
    /** What was done. */
    public enum Action {
        /** The record was written to its topic again. */
        REPLAYED,
        /** The document of a chunk was written to the index again. */
        REPAIRED,
        /** Nothing is to be done. */
        DISCARDED
    }
}
