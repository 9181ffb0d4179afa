package dev.freshet.query;

import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.query.access.CallerResolver;
import dev.freshet.query.contract.OpenApiEndpoint;
import dev.freshet.query.documents.ChangeLog;
import dev.freshet.query.documents.DocumentsEndpoint;
import dev.freshet.query.freshness.FreshnessEndpoint;
import dev.freshet.query.freshness.IndexWatermarks;
import dev.freshet.query.health.HealthEndpoint;
import dev.freshet.query.metrics.MetricsEndpoint;
import dev.freshet.query.metrics.RequestMetrics;
import dev.freshet.query.page.PageEndpoint;
import dev.freshet.query.ranking.ProfileEndpoint;
import dev.freshet.query.search.Engines;
import dev.freshet.query.search.SearchEndpoint;
import io.javalin.config.RoutesConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * All that the API does, over its ports: the same in production and in tests.
 *
 * @param profiles gives the ranking profile that is active
 * @param searchTimeout of a whole search, and for reading a document
 */
record Features(
        CallerResolver callers,
        Engines engines,
        Supplier<RankingProfile> profiles,
        DocumentReader documents,
        ChangeLog changes,
        IndexWatermarks watermarks,
        HealthEndpoint health,
        Duration searchTimeout,
        InstantSource clock) {
    void register(RoutesConfig routes) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new RequestMetrics(registry).register(routes);
        new SearchEndpoint(callers, engines, profiles, watermarks, searchTimeout, clock, registry).register(routes);
        new ProfileEndpoint(callers, profiles).register(routes);
        new DocumentsEndpoint(callers, changes, documents, searchTimeout, clock).register(routes);
        new FreshnessEndpoint(callers, watermarks, clock).register(routes);
        health.register(routes);
        new MetricsEndpoint(registry).register(routes);
        new OpenApiEndpoint().register(routes);
        new PageEndpoint().register(routes);
    }
}
