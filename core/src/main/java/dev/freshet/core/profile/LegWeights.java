package dev.freshet.core.profile;

import java.util.List;

/**
 * What each score counts; only the shares matter. A leg without weight is not run.
 *
 * @param freshness of how new a chunk is
 */
public record LegWeights(double vector, double keyword, double metadata, double freshness) {
    void check(String where, List<String> problems) {
        Checks.range(where + "/vector", vector, 0, 1, problems);
        Checks.range(where + "/keyword", keyword, 0, 1, problems);
        Checks.range(where + "/metadata", metadata, 0, 1, problems);
        Checks.range(where + "/freshness", freshness, 0, 1, problems);
        if (vector + keyword <= 0) {
            problems.add(where + ": vector or keyword must have a weight above 0");
        }
    }
}
