package dev.freshet.query.search;

import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.fuse.Fused;
import dev.freshet.core.plan.RerankStep;
import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.rerank.RerankPassage;
import dev.freshet.core.rerank.RerankQuery;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.search.ChunkVectors;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.SearchRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the best candidates scored by a reranker; what it does not say in time, it need not say. */
final class SecondLook {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);
    private static final double[] NONE = {};

    private final Map<String, Reranker> rerankers;

    SecondLook(Map<String, Reranker> rerankers) {
        this.rerankers = Map.copyOf(rerankers);
    }

    /** The reranker of the step; null where it is not there. */
    @Nullable
    Reranker of(RerankStep step) {
        return rerankers.get(step.reranker());
    }

    /** Scores of the best candidates, in their order; empty where there are none. */
    double[] scores(
            Reranker reranker,
            SearchRequest request,
            @Nullable EmbeddedQuery query,
            List<Fused<FoundChunk>> best,
            Map<String, ChunkVectors> vectors,
            Duration budget,
            Running running) {
        List<RerankPassage> passages = new ArrayList<>(best.size());
        for (Fused<FoundChunk> candidate : best) {
            FoundChunk chunk = candidate.thing();
            ChunkVectors of = vectors.get(candidate.id());
            passages.add(new RerankPassage(
                    candidate.id(),
                    EmbeddedText.of(chunk.title(), chunk.headingPath(), chunk.text()),
                    of == null ? null : of.tokens()));
        }
        RerankQuery asked = new RerankQuery(request.query(), query == null ? null : query.tokens());
        return switch (outcome(reranker, asked, passages, budget)) {
            case RerankOutcome.Scored scored -> usable(scored.scores(), passages.size(), running);
            case RerankOutcome.Failed failed -> {
                LOG.warn("Reranker {} failed: {}", reranker.name(), failed.reason());
                running.degradation().reranker(failed.kind());
                yield NONE;
            }
        };
    }

    private static double[] usable(double[] scores, int passages, Running running) {
        boolean some = Arrays.stream(scores).anyMatch(score -> !Double.isNaN(score));
        boolean finite = Arrays.stream(scores).noneMatch(Double::isInfinite);
        if (passages > 0 && (scores.length != passages || !some || !finite)) {
            running.degradation().reranker(RerankOutcome.Kind.INVALID);
            return NONE;
        }
        return scores;
    }

    private static RerankOutcome outcome(
            Reranker reranker, RerankQuery query, List<RerankPassage> passages, Duration budget) {
        try {
            return Deadline.await(reranker.rerank(query, passages, budget), budget);
        } catch (TimeoutException e) {
            return new RerankOutcome.Failed(RerankOutcome.Kind.TIMEOUT, "no answer in time");
        } catch (ExecutionException e) {
            return new RerankOutcome.Failed(
                    RerankOutcome.Kind.UNAVAILABLE,
                    String.valueOf(e.getCause()).lines().findFirst().orElse("failed"));
        }
    }
}
