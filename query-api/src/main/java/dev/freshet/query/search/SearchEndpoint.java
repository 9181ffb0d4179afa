package dev.freshet.query.search;

import dev.freshet.core.profile.RankingProfile;
import dev.freshet.query.access.Caller;
import dev.freshet.query.access.CallerResolver;
import dev.freshet.query.freshness.IndexWatermarks;
import dev.freshet.query.input.JsonBody;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/** {@code POST /v1/search}. */
public final class SearchEndpoint {
    // A query of a megabyte gets to hear that it is too long, not that the body is.
    private static final int LARGEST_BODY = 2 << 20;

    private final CallerResolver callers;
    private final Searcher searcher;
    private final Set<String> rerankers;
    private final IndexWatermarks watermarks;
    private final SearchMetrics metrics;

    /**
     * Creates the endpoint.
     *
     * @param profiles gives the ranking profile that is active
     * @param timeout of a whole search
     */
    public SearchEndpoint(
            CallerResolver callers,
            Engines engines,
            Supplier<RankingProfile> profiles,
            IndexWatermarks watermarks,
            Duration timeout,
            InstantSource clock,
            MeterRegistry registry) {
        this.callers = callers;
        this.searcher = new Searcher(engines, profiles, timeout, clock);
        this.rerankers = engines.rerankers().keySet();
        this.watermarks = watermarks;
        this.metrics = new SearchMetrics(registry);
    }

    public void register(RoutesConfig routes) {
        routes.post("/v1/search", this::search);
    }

    private void search(Context ctx) {
        Caller caller = callers.resolve(ctx);
        SearchInput.Asked asked = SearchInput.read(JsonBody.read(ctx, LARGEST_BODY), rerankers);
        SearchAnswer answer = searcher.search(caller, asked.request(), asked.cursor());
        metrics.record(answer);
        ctx.contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(AnswerJson.of(answer, watermarks.known()));
    }
}
