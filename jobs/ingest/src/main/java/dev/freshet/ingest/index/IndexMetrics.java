package dev.freshet.ingest.index;

import dev.freshet.core.batch.ConcurrencyLimit;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of the index stage, in the group {@code freshet.index}. Safe for concurrent use. */
final class IndexMetrics {
    private final ThreadSafeSimpleCounter applied = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter writes = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter refused = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter retries = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter overtaken = new ThreadSafeSimpleCounter();

    IndexMetrics(MetricGroup operator, ConcurrencyLimit concurrency) {
        MetricGroup group = operator.addGroup("freshet").addGroup(IndexStage.NAME);
        group.counter("applied", applied);
        group.counter("writes", writes);
        group.counter("refused", refused);
        group.counter("retries", retries);
        group.counter("overtaken", overtaken);
        group.gauge("concurrency", (Gauge<Integer>) concurrency::current);
    }

    void acknowledged(ChangeReceipt receipt, int written, int neverWritten) {
        if (receipt.outcome() == Outcome.APPLIED) {
            applied.inc();
        }
        writes.inc(written);
        refused.inc(neverWritten);
    }

    /** Writes that an earlier attempt of the job has overtaken. */
    void overtaken(int count) {
        overtaken.inc(count);
    }

    void retried() {
        retries.inc();
    }
}
