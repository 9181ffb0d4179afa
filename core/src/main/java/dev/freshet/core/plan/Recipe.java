package dev.freshet.core.plan;

import dev.freshet.core.fuse.Fusion;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.KeywordOptions;
import dev.freshet.core.search.Leg;
import java.time.Duration;
import java.util.List;

/**
 * What is done with candidates, and which legs find them.
 *
 * @param legs at least one
 * @param entities which the metadata leg looks for
 * @param preferred documents which the metadata leg looks for
 * @param freshness its weight beside those of the legs
 * @param halfLife after which a chunk is half as fresh
 * @param reasons why it is as it is, in words
 */
public record Recipe(
        List<PlannedLeg> legs,
        KeywordOptions keywords,
        List<String> entities,
        List<Filter> preferred,
        Fusion fusion,
        double freshness,
        Duration halfLife,
        RerankStep rerank,
        DiversityStep diversity,
        List<String> reasons) {
    public Recipe {
        legs = List.copyOf(legs);
        entities = List.copyOf(entities);
        preferred = List.copyOf(preferred);
        reasons = List.copyOf(reasons);
    }

    /** The weight of a leg; 0 where it does not run. */
    public double weight(Leg leg) {
        return legs.stream()
                .filter(planned -> planned.leg() == leg)
                .mapToDouble(PlannedLeg::weight)
                .sum();
    }
}
