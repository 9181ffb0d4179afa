package dev.freshet.engines.llm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A query as a model gets it. */
final class QueryData {
    private static final int LONGEST = 4_000;

    private QueryData() {}

    /** Whether a model is asked about it at all: not where there is no word, or more than anybody asks. */
    static boolean isWorthAsking(String query) {
        return query.length() <= LONGEST && query.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** An object around the query: nothing in it can be taken for its end. */
    static ObjectNode of(String query) {
        return JsonNodeFactory.instance.objectNode().put("query", query);
    }
}
