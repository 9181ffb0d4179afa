package dev.freshet.core.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one {@link LegQuery}. */
public sealed interface LegOutcome {
    /** Of the query. */
    String name();

    Leg leg();

    /**
     * The leg answered.
     *
     * @param chunks best first
     * @param matching how many chunks match, as far as they were counted; null where they were not
     */
    record Found(
            String name,
            Leg leg,
            List<ScoredChunk> chunks,
            @Nullable HitCount matching) implements LegOutcome {
        public Found {
            chunks = List.copyOf(chunks);
        }
    }

    /**
     * The leg did not answer.
     *
     * @param reason in words, for the operator; never query text
     */
    record Failed(String name, Leg leg, String reason) implements LegOutcome {
        public static Failed of(LegQuery query, String reason) {
            return new Failed(query.name(), query.leg(), reason);
        }
    }
}
