package dev.freshet.query.metrics;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How many requests there were, and how long they took, by route and status. */
public final class RequestMetrics {
    private static final String STARTED = "freshet.request.started";

    private final MeterRegistry registry;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Outcome(String method, String route, int status) {}

    public void register(RoutesConfig routes) {
        routes.before(ctx -> ctx.attribute(STARTED, System.nanoTime()));
        routes.after(this::record);
    }

    private void record(Context ctx) {
        Long started = ctx.attribute(STARTED);
        if (started == null) {
            return;
        }
        var matched = ctx.endpoints().lastHttpEndpoint();
        Outcome outcome = new Outcome(ctx.method().name(), matched == null ? "none" : matched.path, ctx.statusCode());
        timers.computeIfAbsent(outcome, this::timer).record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder("freshet.http.requests")
                .description("Requests by route and status")
                .tag("method", outcome.method())
                .tag("route", outcome.route())
                .tag("status", Integer.toString(outcome.status()))
                .register(registry);
    }
}
