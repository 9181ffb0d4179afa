package dev.freshet.core.search;

import java.time.Duration;
import java.util.List;

/**
 * What is asked of the index in one round trip.
 *
 * @param visibility holds inside every leg: a leg returns as many visible chunks as it is deep, where there are so many
 * @param filters hold inside every leg, all of them
 * @param timeout after which a leg counts as failed
 */
public record ChunkQuery(Visibility visibility, List<Filter> filters, List<LegQuery> legs, Duration timeout) {
    private static final Duration LONG = Duration.ofSeconds(30);

    public ChunkQuery {
        filters = List.copyOf(filters);
        legs = List.copyOf(legs);
    }

    /** With a timeout that only a broken index exceeds. */
    public ChunkQuery(Visibility visibility, List<Filter> filters, List<LegQuery> legs) {
        this(visibility, filters, legs, LONG);
    }
}
