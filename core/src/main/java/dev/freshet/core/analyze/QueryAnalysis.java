package dev.freshet.core.analyze;

import java.util.List;

/**
 * What was seen in a query.
 *
 * @param identifiers what is looked for literally, as it stands in the query: tickets, versions, names in code, error codes
 * @param phrases the texts that the query has between double quotes
 * @param domains names of subjects whose terms the query has, as the ranking profile lists them
 * @param cacheable whether the answer may be given again later, to somebody who may see the same: not where it depends on the moment or on
 *     who asks
 * @param reasons for each of these, in words; never whole queries
 */
public record QueryAnalysis(
        Intent intent,
        Complexity complexity,
        List<String> identifiers,
        List<String> phrases,
        List<String> domains,
        TimeRelevance time,
        boolean cacheable,
        List<String> reasons) {
    public QueryAnalysis {
        identifiers = List.copyOf(identifiers);
        phrases = List.copyOf(phrases);
        domains = List.copyOf(domains);
        reasons = List.copyOf(reasons);
    }

    /** Whether the query names something literally. */
    public boolean literal() {
        return !identifiers.isEmpty() || !phrases.isEmpty();
    }
}
