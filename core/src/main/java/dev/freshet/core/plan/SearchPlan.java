package dev.freshet.core.plan;

import dev.freshet.core.search.Strategy;

/** How a search goes about it. */
public sealed interface SearchPlan {
    /** What all plans have in common. */
    Recipe recipe();

    /** The name in responses. */
    Strategy strategy();

    /** All legs in one round trip. */
    record Standard(Recipe recipe) implements SearchPlan {
        @Override
        public Strategy strategy() {
            return Strategy.STANDARD;
        }
    }

    /**
     * First the documents, then the chunks inside the best of them.
     *
     * @param documents whose chunks are searched, at most
     */
    record Hierarchical(Recipe recipe, int documents) implements SearchPlan {
        @Override
        public Strategy strategy() {
            return Strategy.HIERARCHICAL;
        }
    }

    /**
     * Several wordings, each with all legs.
     *
     * @param wordings beside the query itself, at most
     * @param weight of each beside the query's own
     */
    record MultiQuery(Recipe recipe, int wordings, double weight) implements SearchPlan {
        @Override
        public Strategy strategy() {
            return Strategy.MULTI_QUERY;
        }
    }
}
