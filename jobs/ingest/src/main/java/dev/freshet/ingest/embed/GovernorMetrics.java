package dev.freshet.ingest.embed;

import dev.freshet.core.govern.Governor;
import dev.freshet.core.govern.GovernorStatus;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** How the governor stands, in the group {@code freshet.embed.governor}; of the process, so the same for each of its subtasks. */
final class GovernorMetrics {
    private GovernorMetrics() {}

    static void register(MetricGroup operator, Governor governor) {
        MetricGroup group =
                operator.addGroup("freshet").addGroup(EmbedStage.NAME).addGroup("governor");
        gauge(group, "waiting", governor, GovernorStatus::waiting);
        gauge(group, "underWay", governor, GovernorStatus::underWay);
        gauge(group, "places", governor, GovernorStatus::places);
        gauge(group, "broken", governor, status -> status.broken() ? 1 : 0);
        gauge(group, "throttled", governor, GovernorStatus::throttled);
        gauge(group, "failed", governor, GovernorStatus::failed);
        gauge(group, "repeated", governor, GovernorStatus::repeated);
    }

    private static void gauge(MetricGroup group, String name, Governor governor, ToLongFunction<GovernorStatus> value) {
        group.gauge(name, (Gauge<Long>) () -> value.applyAsLong(governor.status()));
    }
}
