package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import dev.freshet.core.rerank.RerankPassage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One call: a query, its passages and who waits for their scores. */
final class RerankCall {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final String query;
    private final List<RerankPassage> passages;
    private final CompletableFuture<RerankOutcome> outcome = new CompletableFuture<>();
    private final double[] scores;
    private int unscored;

    /** @param budget after which the call is over, whatever is done by then */
    RerankCall(String query, List<RerankPassage> passages, Duration budget) {
        this.query = query;
        this.passages = passages;
        this.scores = new double[passages.size()];
        Arrays.fill(scores, Double.NaN);
        Duration wait = budget.compareTo(LONGEST) < 0 ? budget : LONGEST;
        outcome.completeOnTimeout(
                new Failed(Kind.TIMEOUT, "the cross-encoder was not done within %s".formatted(wait)),
                wait.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    String query() {
        return query;
    }

    List<RerankPassage> passages() {
        return passages;
    }

    CompletableFuture<RerankOutcome> outcome() {
        return outcome;
    }

    /** Whether nobody waits for it any longer. */
    boolean isOver() {
        return outcome.isDone();
    }

    /** Says how many scores will come. */
    synchronized void expect(int pairs) {
        unscored = pairs;
    }

    /** Takes the score of a passage; with the last one the call is done. */
    void scored(int passage, double score) {
        if (!Double.isFinite(score)) {
            fail(Kind.INVALID, "the cross-encoder gave a score that is not finite");
            return;
        }
        synchronized (this) {
            scores[passage] = score;
            unscored--;
            if (unscored > 0) {
                return;
            }
        }
        outcome.complete(new Scored(scores));
    }

    void fail(Kind kind, String reason) {
        outcome.complete(new Failed(kind, reason));
    }
}
