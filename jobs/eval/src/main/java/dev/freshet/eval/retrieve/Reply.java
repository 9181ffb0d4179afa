package dev.freshet.eval.retrieve;

import dev.freshet.core.evaluation.ScoredDocument;
import java.time.Duration;
import java.util.List;

/** What one attempt to ask the query API led to. */
sealed interface Reply {
    /** Another attempt would lead to the same. */
    sealed interface Final extends Reply {}

    /** The hits, best first. */
    record Answered(List<ScoredDocument> documents, boolean degraded, double latencyMillis) implements Final {}

    /** The API understood the question and will not answer it. */
    record Refused(String reason, double latencyMillis) implements Final {}

    /**
     * No answer now; another attempt may have one.
     *
     * @param notBefore the least time to wait, as the API asked for
     */
    record NoAnswer(String reason, Duration notBefore) implements Reply {}
}
