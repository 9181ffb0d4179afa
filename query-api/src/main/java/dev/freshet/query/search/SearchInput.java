package dev.freshet.query.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.search.GroupBy;
import dev.freshet.core.search.SearchMode;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.text.CanonicalText;
import dev.freshet.query.input.ObjectReader;
import dev.freshet.query.input.Violations;
import java.util.Set;

/** Understands the body of a search. */
final class SearchInput {
    static final int LONGEST_QUERY = 4000;

    private static final int HITS = 10;
    private static final Set<String> FIELDS =
            Set.of("query", "mode", "k", "filters", "chunk_filters", "group_by", "explain");

    private SearchInput() {}

    /**
     * The search that the body asks for.
     *
     * @throws dev.freshet.query.problem.ProblemException with everything that is wrong with it
     */
    static SearchRequest read(ObjectNode body) {
        Violations violations = new Violations();
        ObjectReader fields = new ObjectReader(body, FIELDS, violations);
        SearchRequest request = new SearchRequest(
                CanonicalText.of(fields.requiredText("query", LONGEST_QUERY)).strip(),
                fields.choice("mode", SearchMode.values(), SearchMode::label, SearchMode.HYBRID),
                (int) fields.integer("k", 1, SearchRequest.MOST_HITS, HITS),
                FilterInput.read(fields, violations),
                fields.choice("group_by", GroupBy.values(), GroupBy::label, GroupBy.CHUNK),
                fields.flag("explain", false));
        violations.throwIfAny();
        return request;
    }
}
