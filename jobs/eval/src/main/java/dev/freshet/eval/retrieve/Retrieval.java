package dev.freshet.eval.retrieve;

import dev.freshet.core.evaluation.ScoredDocument;
import dev.freshet.eval.judge.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the query API answered.
 *
 * @param documents in the order of the answer
 * @param latencyMillis of the attempt that was answered, from sending to the last byte
 * @param degraded whether the API skipped a stage
 * @param refusal why the API will never answer this question; null when it did
 */
public record Retrieval(
        Question question,
        List<ScoredDocument> documents,
        double latencyMillis,
        boolean degraded,
        @Nullable String refusal) {}
