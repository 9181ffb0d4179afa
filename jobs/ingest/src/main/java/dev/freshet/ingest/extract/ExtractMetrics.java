package dev.freshet.ingest.extract;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of the extract stage, in the group {@code freshet.extract}. Safe for concurrent use. */
final class ExtractMetrics {
    private final ThreadSafeSimpleCounter extracted = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter bytes = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter milliseconds = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter deadLettered = new ThreadSafeSimpleCounter();

    ExtractMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("freshet").addGroup(ExtractStage.NAME);
        group.counter("extracted", extracted);
        group.counter("bytes", bytes);
        group.counter("milliseconds", milliseconds);
        group.counter("deadLettered", deadLettered);
    }

    /** @param took including the wait for the extractor */
    void extracted(int contentBytes, long took) {
        extracted.inc();
        bytes.inc(contentBytes);
        milliseconds.inc(took);
    }

    void refused(long took) {
        deadLettered.inc();
        milliseconds.inc(took);
    }
}
