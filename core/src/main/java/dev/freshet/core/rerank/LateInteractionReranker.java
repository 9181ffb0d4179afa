package dev.freshet.core.rerank;

import dev.freshet.core.lateinteraction.MaxSim;
import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.lateinteraction.TokenVectors;
import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores by the token vectors that the index keeps of passages: a passage's score is the mean, over the query's tokens, of the cosine of
 * the nearest token of the passage ({@link MaxSim}, divided by the number of the query's tokens), from -1 to 1. Runs on the caller's
 * thread; no model is called.
 */
public final class LateInteractionReranker implements Reranker {
    /** Its name in profiles and responses. */
    public static final String NAME = "late_interaction";

    private final MaxSim maxSim;
    private final LongSupplier nanos;

    public LateInteractionReranker() {
        this(MaxSim.fastest(), System::nanoTime);
    }

    /** @param nanos the time, of which only differences have a meaning */
    LateInteractionReranker(MaxSim maxSim, LongSupplier nanos) {
        this.maxSim = maxSim;
        this.nanos = nanos;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean needsTokenVectors() {
        return true;
    }

    /**
     * Scores the passages that have token vectors of the query's dimension, best first, until the budget is used up. The others are not
     * scored.
     */
    @Override
    public CompletableFuture<RerankOutcome> rerank(RerankQuery query, List<RerankPassage> passages, Duration budget) {
        return CompletableFuture.completedFuture(outcome(query.tokens(), passages, budget));
    }

    private RerankOutcome outcome(@Nullable QueryTokens query, List<RerankPassage> passages, Duration budget) {
        double[] scores = new double[passages.size()];
        if (scores.length == 0) {
            return new Scored(scores);
        }
        if (query == null || query.count() == 0) {
            return new Failed(Kind.UNAVAILABLE, "there are no token vectors of the query");
        }
        Arrays.fill(scores, Double.NaN);
        long start = nanos.getAsLong();
        int scored = 0;
        for (int i = 0; i < scores.length; i++) {
            TokenVectors passage = passages.get(i).tokenVectors();
            if (passage == null || passage.dimension() != query.dimension()) {
                continue;
            }
            if (Duration.ofNanos(nanos.getAsLong() - start).compareTo(budget) >= 0) {
                return scored == 0
                        ? new Failed(Kind.TIMEOUT, "no passage was scored within %s".formatted(budget))
                        : new Scored(scores);
            }
            // Of rounded vectors a cosine may be a little over 1.
            scores[i] = Math.clamp(maxSim.score(query, passage) / query.count(), -1, 1);
            scored++;
        }
        return scored == 0
                ? new Failed(
                        Kind.UNAVAILABLE,
                        "no passage has token vectors of %d dimensions, as the query's are"
                                .formatted(query.dimension()))
                : new Scored(scores);
    }
}
