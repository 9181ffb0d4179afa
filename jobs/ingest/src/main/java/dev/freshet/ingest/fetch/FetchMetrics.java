package dev.freshet.ingest.fetch;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of the fetch stage, in the group {@code freshet.fetch}. Safe for concurrent use. */
final class FetchMetrics {
    private final ThreadSafeSimpleCounter fetched = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter bytes = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter deadLettered = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter retries = new ThreadSafeSimpleCounter();

    FetchMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("freshet").addGroup(FetchStage.NAME);
        group.counter("fetched", fetched);
        group.counter("bytes", bytes);
        group.counter("deadLettered", deadLettered);
        group.counter("retries", retries);
    }

    void fetched(int contentBytes) {
        fetched.inc();
        bytes.inc(contentBytes);
    }

    void refused() {
        deadLettered.inc();
    }

    void retried() {
        retries.inc();
    }
}
