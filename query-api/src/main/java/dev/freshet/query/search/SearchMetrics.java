package dev.freshet.query.search;

import dev.freshet.core.search.SearchMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long searches take, stage by stage, and how many were answered with less than they asked for. */
final class SearchMetrics {
    private static final Duration FASTEST = Duration.ofNanos(100_000);
    private static final Duration SLOWEST = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final Timer embed;
    private final Timer retrieve;
    private final Timer fuse;
    private final Map<SearchMode, Timer> totals = new EnumMap<>(SearchMode.class);

    SearchMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.embed = stage("embed");
        this.retrieve = stage("retrieve");
        this.fuse = stage("fuse");
        for (SearchMode mode : SearchMode.values()) {
            totals.put(
                    mode,
                    histogram(
                                    "freshet.search",
                                    "Searches that were answered, from the parsed request to the fused hits")
                            .tag("mode", mode.label())
                            .register(registry));
        }
    }

    void record(SearchAnswer answer) {
        SearchTimings timings = answer.timings();
        embed.record(timings.embed(), TimeUnit.NANOSECONDS);
        retrieve.record(timings.retrieve(), TimeUnit.NANOSECONDS);
        fuse.record(timings.fuse(), TimeUnit.NANOSECONDS);
        Timer total = totals.get(answer.request().mode());
        if (total != null) {
            total.record(timings.total(), TimeUnit.NANOSECONDS);
        }
        for (String code : answer.degraded()) {
            Counter.builder("freshet.search.degraded")
                    .description("Searches that were answered without one of their stages")
                    .tag("reason", code)
                    .register(registry)
                    .increment();
        }
    }

    private Timer stage(String name) {
        return histogram("freshet.search.stage", "Time in one stage of a search")
                .tag("stage", name)
                .register(registry);
    }

    private static Timer.Builder histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(FASTEST)
                .maximumExpectedValue(SLOWEST);
    }
}
