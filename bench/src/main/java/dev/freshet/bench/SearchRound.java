package dev.freshet.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The latencies of all queries, in milliseconds.
 *
 * @param api of the query API
 * @param bare of embedding the query, and the index asked directly
 */
record SearchRound(List<Double> api, List<Double> bare) {
    static SearchRound empty() {
        return new SearchRound(new ArrayList<>(), new ArrayList<>());
    }

    void addAll(SearchRound other) {
        api.addAll(other.api);
        bare.addAll(other.bare);
    }

    double ratioOfMedians() {
        return Spread.of(api).median() / Spread.of(bare).median();
    }
}
