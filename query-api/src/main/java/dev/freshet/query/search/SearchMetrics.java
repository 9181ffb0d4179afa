package dev.freshet.query.search;

import dev.freshet.core.search.SearchMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long searches take, stage by stage, what was planned for them, and how many were answered with less than they asked for. */
final class SearchMetrics {
    private static final Duration FASTEST = Duration.ofNanos(100_000);
    private static final Duration SLOWEST = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Map<SearchMode, Timer> totals = new EnumMap<>(SearchMode.class);

    SearchMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Stage stage : Stage.values()) {
            stages.put(
                    stage,
                    histogram("freshet.search.stage", "Time in one stage of a search")
                            .tag("stage", stage.label())
                            .register(registry));
        }
        for (SearchMode mode : SearchMode.values()) {
            totals.put(
                    mode,
                    histogram(
                                    "freshet.search",
                                    "Searches that were answered, from the parsed request to the highlighted hits")
                            .tag("mode", mode.label())
                            .register(registry));
        }
    }

    void record(SearchAnswer answer) {
        SearchTimings timings = answer.timings();
        stages.forEach((stage, timer) -> timer.record(timings.of(stage), TimeUnit.NANOSECONDS));
        Timer total = totals.get(answer.request().mode());
        if (total != null) {
            total.record(timings.total(), TimeUnit.NANOSECONDS);
        }
        Counter.builder("freshet.search.planned")
                .description("Searches by what their queries ask for, and how they were gone about")
                .tag("intent", answer.analysis().intent().label())
                .tag("strategy", answer.plan().strategy().label())
                .register(registry)
                .increment();
        answer.degraded()
                .forEach(code -> Counter.builder("freshet.search.degraded")
                        .description("Searches that were answered without one of their stages")
                        .tag("reason", code)
                        .register(registry)
                        .increment());
    }

    private static Timer.Builder histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(FASTEST)
                .maximumExpectedValue(SLOWEST);
    }
}
