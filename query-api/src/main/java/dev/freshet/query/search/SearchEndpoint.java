package dev.freshet.query.search;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.ConvexFusion;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.query.access.Caller;
import dev.freshet.query.access.CallerResolver;
import dev.freshet.query.input.JsonBody;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** {@code POST /v1/search}. */
public final class SearchEndpoint {
    // A query of a megabyte gets to hear that it is too long, not that the body is.
    private static final int LARGEST_BODY = 2 << 20;

    private final CallerResolver callers;
    private final Searcher searcher;
    private final SearchMetrics metrics;

    /**
     * Creates the endpoint.
     *
     * @param stageTimeout for embedding, and for all legs together
     */
    public SearchEndpoint(
            CallerResolver callers,
            Embedder embedder,
            ChunkSearch index,
            Duration stageTimeout,
            MeterRegistry registry) {
        this.callers = callers;
        this.searcher = new Searcher(embedder, index, ConvexFusion.balanced(), stageTimeout);
        this.metrics = new SearchMetrics(registry);
    }

    public void register(RoutesConfig routes) {
        routes.post("/v1/search", this::search);
    }

    private void search(Context ctx) {
        Caller caller = callers.resolve(ctx);
        SearchRequest request = SearchInput.read(JsonBody.read(ctx, LARGEST_BODY));
        SearchAnswer answer = searcher.search(caller, request);
        metrics.record(answer);
        ctx.contentType("application/json").header("Cache-Control", "no-store").result(AnswerJson.of(answer));
    }
}
