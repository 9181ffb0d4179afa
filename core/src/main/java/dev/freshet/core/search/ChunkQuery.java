package dev.freshet.core.search;

import java.util.List;

/**
 * What is asked of the index in one round trip.
 *
 * @param visibility holds inside every leg: a leg returns as many visible chunks as it is deep, where there are so many
 * @param filters hold inside every leg, all of them
 */
public record ChunkQuery(Visibility visibility, List<Filter> filters, List<LegQuery> legs) {
    public ChunkQuery {
        filters = List.copyOf(filters);
        legs = List.copyOf(legs);
    }
}
