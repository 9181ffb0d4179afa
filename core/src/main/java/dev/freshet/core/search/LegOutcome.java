package dev.freshet.core.search;

import java.util.List;

/** What became of one {@link LegQuery}. */
public sealed interface LegOutcome {
    Leg leg();

    /**
     * The leg answered.
     *
     * @param chunks best first
     */
    record Found(Leg leg, List<ScoredChunk> chunks) implements LegOutcome {
        public Found {
            chunks = List.copyOf(chunks);
        }
    }

    /**
     * The leg did not answer.
     *
     * @param reason in words, for the operator; never query text
     */
    record Failed(Leg leg, String reason) implements LegOutcome {}
}
