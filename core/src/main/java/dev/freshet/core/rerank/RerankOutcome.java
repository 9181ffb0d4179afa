package dev.freshet.core.rerank;

/** What became of a {@link Reranker#rerank} call. */
public sealed interface RerankOutcome {
    /**
     * The model answered.
     *
     * @param scores one for each passage, in their order, higher for better, on a scale of the model's own; {@link Double#NaN} for a passage
     *     that was not scored
     */
    @SuppressWarnings("ArrayRecordComponent") // scores; never compared
    record Scored(double[] scores) implements RerankOutcome {}

    /**
     * No passage was scored.
     *
     * @param kind what a caller is told
     * @param reason in words, for the operator; never text of the query or a passage
     */
    record Failed(Kind kind, String reason) implements RerankOutcome {}

    /** Why no passage was scored. */
    enum Kind {
        /** Not within the budget. */
        TIMEOUT,
        /** The model is not there, or is broken. */
        UNAVAILABLE,
        /** It answered with something that is no score for each passage. */
        INVALID
    }
}
