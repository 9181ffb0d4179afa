package dev.freshet.query.search;

import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.fuse.Fused;
import dev.freshet.core.fuse.FusedList;
import dev.freshet.core.plan.DiversityStep;
import dev.freshet.core.plan.RerankStep;
import dev.freshet.core.rank.Blend;
import dev.freshet.core.rank.Diversity;
import dev.freshet.core.rank.Duplicates;
import dev.freshet.core.rank.Ranked;
import dev.freshet.core.rank.RankingSummary;
import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.search.ChunkReader;
import dev.freshet.core.search.ChunkVectors;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.IndexTraits;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts fused candidates into their final order: a second look, then what says the same is taken out. */
final class Ranker {
    private static final Logger LOG = LoggerFactory.getLogger(Ranker.class);
    /** Vectors that are compared with one another; what is behind is rarely looked at. */
    private static final int MOST_COMPARED = 50;

    private static final double[] NO_SCORES = {};

    private final ChunkReader reader;
    private final SecondLook secondLook;
    private final IndexTraits traits;

    Ranker(ChunkReader reader, Map<String, Reranker> rerankers, IndexTraits traits) {
        this.reader = reader;
        this.secondLook = new SecondLook(rerankers);
        this.traits = traits;
    }

    /** Hits, best first, and what their scores came from. */
    record Order(List<Ranked> hits, RankingSummary summary) {}

    Order order(Searcher.Asked asked, @Nullable EmbeddedQuery query, FusedList<FoundChunk> fused, Running running) {
        RerankStep step = asked.plan().recipe().rerank();
        DiversityStep diversity = asked.plan().recipe().diversity();
        Reranker reranker = reranker(step, query, running);
        Duration budget = running.deadline().atMost(step.timeout());
        long start = System.nanoTime();
        List<Fused<FoundChunk>> best =
                fused.items().subList(0, Math.min(step.depth(), fused.items().size()));
        Map<String, ChunkVectors> vectors = vectors(asked, reranker, best, fused.items(), diversity, budget, running);
        double[] scores = NO_SCORES;
        if (reranker != null) {
            Duration left = budget.minusNanos(System.nanoTime() - start);
            scores = left.isPositive()
                    ? secondLook.scores(reranker, asked.request(), query, best, vectors, left, running)
                    : tooLate(running);
        }
        RankingSummary.SecondLook second =
                reranker == null ? null : Blend.secondLook(reranker.name(), scores, step.weight());
        List<Ranked> ranked = Blend.order(fused.items(), scores, second);
        running.timings().end(Stage.RERANK);
        List<Ranked> hits = Diversity.thin(ranked, diversity, pooled(vectors));
        running.timings().end(Stage.DIVERSIFY);
        return new Order(hits, new RankingSummary(fused.lists(), fused.signalShare(), second));
    }

    private static double[] tooLate(Running running) {
        running.degradation().reranker(RerankOutcome.Kind.TIMEOUT);
        return NO_SCORES;
    }

    /** Whether the second look compares the vectors of tokens, and there are some to compare with. */
    boolean needsTokens(RerankStep step) {
        Reranker reranker = step.wanted() ? secondLook.of(step) : null;
        return reranker != null && reranker.needsTokenVectors() && traits.holdsTokenVectors();
    }

    /** Null where there is to be no second look, or there can be none. */
    private @Nullable Reranker reranker(RerankStep step, @Nullable EmbeddedQuery query, Running running) {
        if (!step.wanted()) {
            return null;
        }
        Reranker reranker = secondLook.of(step);
        if (reranker == null) {
            running.degradation().reranker(RerankOutcome.Kind.UNAVAILABLE);
            return null;
        }
        // An index without token vectors is no fault of the moment: nothing is skipped that it could give. An embedder
        // that is away is, and
        // has been named.
        boolean comparable = query != null && query.tokens() != null && traits.holdsTokenVectors();
        return reranker.needsTokenVectors() && !comparable ? null : reranker;
    }

    /** In one round trip, what the steps need; in none, where they need nothing. */
    private Map<String, ChunkVectors> vectors(
            Searcher.Asked asked,
            @Nullable Reranker reranker,
            List<Fused<FoundChunk>> best,
            List<Fused<FoundChunk>> all,
            DiversityStep diversity,
            Duration budget,
            Running running) {
        boolean tokens = reranker != null && reranker.needsTokenVectors();
        Set<String> compared = compared(all, diversity);
        Set<String> wanted = new LinkedHashSet<>(compared);
        if (tokens) {
            best.forEach(candidate -> wanted.add(candidate.id()));
        }
        if (wanted.isEmpty()) {
            return Map.of();
        }
        try {
            Duration left = tokens ? budget : running.deadline().left();
            return Deadline.await(
                    reader.vectors(asked.visibility(), List.copyOf(wanted), tokens, !compared.isEmpty()), left);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Vectors of candidates not read: {}", String.valueOf(e.getMessage()));
            if (!compared.isEmpty()) {
                running.degradation().vectors();
            }
            return Map.of();
        }
    }

    private static Set<String> compared(List<Fused<FoundChunk>> all, DiversityStep diversity) {
        Set<String> compared = new LinkedHashSet<>();
        if (diversity.diversifies()) {
            all.stream().limit(MOST_COMPARED).forEach(candidate -> compared.add(candidate.id()));
        }
        if (diversity.collapses()) {
            List<FoundChunk> chunks = all.stream().map(Fused::thing).toList();
            compared.addAll(Duplicates.suspects(chunks, MOST_COMPARED));
        }
        return compared;
    }

    private static Map<String, float[]> pooled(Map<String, ChunkVectors> vectors) {
        Map<String, float[]> pooled = new HashMap<>();
        vectors.forEach((id, of) -> {
            float[] vector = of.pooled();
            if (vector != null) {
                pooled.put(id, vector);
            }
        });
        return pooled;
    }
}
