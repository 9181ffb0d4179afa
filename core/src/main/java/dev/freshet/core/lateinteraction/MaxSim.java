package dev.freshet.core.lateinteraction;

/**
 * Scores passages against a query: for every token of the query the cosine of the passage's token that is nearest to it,
 * summed (Khattab and Zaharia, ColBERT, SIGIR 2020). The passage's vectors are signs, the query's are integers (see
 * {@link QueryTokens}); all implementations give equal scores. Safe for concurrent use.
 */
public interface MaxSim {
    /** The fastest that this Java runtime has: with SIMD where it was started with {@code --add-modules jdk.incubator.vector}. */
    static MaxSim fastest() {
        // The class that needs the module is linked only here.
        return hasVectorModule() ? new VectorMaxSim() : new ScalarMaxSim();
    }

    /** Whether {@link #fastest} uses SIMD. */
    static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /**
     * The score of a passage, from minus to plus the number of the query's tokens; 0 where one of the two has no tokens.
     *
     * @throws IllegalArgumentException when the dimensions differ
     */
    double score(QueryTokens query, TokenVectors passage);
}
