package dev.freshet.ingest.parse;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the parse stage, in the group {@code freshet.parse}. */
final class ParseMetrics {
    private final Counter records;
    private final Counter deadLettered;
    private final Counter ignoredFields;

    ParseMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("freshet").addGroup(ParseStage.NAME);
        records = group.counter("records");
        deadLettered = group.counter("deadLettered");
        ignoredFields = group.counter("ignoredFields");
    }

    void understood(int fieldsIgnored) {
        records.inc();
        ignoredFields.inc(fieldsIgnored);
    }

    void refused() {
        records.inc();
        deadLettered.inc();
    }
}
