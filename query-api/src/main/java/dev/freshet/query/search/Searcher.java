package dev.freshet.query.search;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.ConvexFusion;
import dev.freshet.core.search.FusedChunk;
import dev.freshet.core.search.Grouping;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegOutcome.Failed;
import dev.freshet.core.search.LegOutcome.Found;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.text.MatchingText;
import dev.freshet.query.access.Caller;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Embed, retrieve, fuse: each stage on the caller's thread, each with a deadline, each replaced by less when it fails. */
final class Searcher {
    private static final Logger LOG = LoggerFactory.getLogger(Searcher.class);

    private final Embedder embedder;
    private final ChunkSearch index;
    private final ConvexFusion fusion;
    private final Duration stageTimeout;

    Searcher(Embedder embedder, ChunkSearch index, ConvexFusion fusion, Duration stageTimeout) {
        this.embedder = embedder;
        this.index = index;
        this.fusion = fusion;
        this.stageTimeout = stageTimeout;
    }

    /**
     * Runs a search.
     *
     * @throws ProblemException when no leg answered
     */
    SearchAnswer search(Caller caller, SearchRequest request) {
        List<String> degraded = new ArrayList<>();
        long start = System.nanoTime();
        List<LegQuery> legs = legs(request, degraded);
        long embedded = System.nanoTime();
        List<Found> found = retrieve(new ChunkQuery(caller.visibility(), request.filters(), legs), degraded);
        long retrieved = System.nanoTime();
        if (found.isEmpty()) {
            throw new ProblemException(Problem.unavailable(
                    "search-unavailable", "Nothing could be searched: " + String.join(", ", degraded) + "."));
        }
        List<FusedChunk> hits = Grouping.top(fusion.fuse(found), request.groupBy(), request.k());
        long fused = System.nanoTime();
        SearchTimings timings =
                new SearchTimings(embedded - start, retrieved - embedded, fused - retrieved, fused - start);
        return new SearchAnswer(request, hits, fusion.formula(found), timings, degraded);
    }

    private List<LegQuery> legs(SearchRequest request, List<String> degraded) {
        List<LegQuery> legs = new ArrayList<>();
        for (Leg leg : request.mode().legs()) {
            switch (leg) {
                case VECTOR -> {
                    float[] vector = embed(request.query(), degraded);
                    if (vector != null) {
                        legs.add(new LegQuery.Nearest(vector, request.depth()));
                    }
                }
                case KEYWORD -> legs.add(new LegQuery.Keywords(request.query(), request.depth()));
            }
        }
        return legs;
    }

    private float @Nullable [] embed(String query, List<String> degraded) {
        try {
            return await(embedder.embedQuery(MatchingText.of(query)));
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Query not embedded: {}", e.getMessage());
            degraded.add("embedder_unavailable");
            return null;
        }
    }

    private List<Found> retrieve(ChunkQuery query, List<String> degraded) {
        if (query.legs().isEmpty()) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (LegOutcome outcome : outcomes(query)) {
            switch (outcome) {
                case Found answered -> found.add(answered);
                case Failed failed -> {
                    LOG.warn("Leg {} failed: {}", failed.leg().label(), failed.reason());
                    degraded.add(failed.leg().label() + "_leg_failed");
                }
            }
        }
        return found;
    }

    private List<LegOutcome> outcomes(ChunkQuery query) {
        try {
            return await(index.search(query));
        } catch (ExecutionException | TimeoutException e) {
            return query.legs().stream()
                    .<LegOutcome>map(leg -> new Failed(leg.leg(), "no answer in time"))
                    .toList();
        }
    }

    private <T> T await(CompletableFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(stageTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.unavailable("stopping", "This server is stopping; try another."), e);
        }
    }
}
