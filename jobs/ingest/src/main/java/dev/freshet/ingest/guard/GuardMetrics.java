package dev.freshet.ingest.guard;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the guard stage, in the group {@code freshet.guard}. */
final class GuardMetrics {
    private final Counter released;
    private final Counter discarded;
    private final Counter refused;
    private final Counter filters;
    private final Counter derivedDeletes;

    GuardMetrics(MetricGroup operator, Gauge<Long> parked) {
        MetricGroup group = operator.addGroup("freshet").addGroup(GuardStage.NAME);
        group.gauge("parked", parked);
        released = group.counter("released");
        discarded = group.counter("discarded");
        refused = group.counter("refused");
        filters = group.counter("filters");
        derivedDeletes = group.counter("derivedDeletes");
    }

    void released(long records) {
        released.inc(records);
    }

    void discarded(long records) {
        discarded.inc(records);
    }

    void refused() {
        refused.inc();
    }

    void resolved(long documents) {
        filters.inc();
        derivedDeletes.inc(documents);
    }

    void deletedLate() {
        derivedDeletes.inc();
    }
}
