package dev.freshet.ingest.embed;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of the embed stage, in the group {@code freshet.embed}. Safe for concurrent use. */
final class EmbedMetrics {
    private final ThreadSafeSimpleCounter chunksEmbedded = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter tokensEmbedded = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter chunksRejected = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter retries = new ThreadSafeSimpleCounter();

    EmbedMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("freshet").addGroup(EmbedStage.NAME);
        group.counter("chunksEmbedded", chunksEmbedded);
        group.counter("tokensEmbedded", tokensEmbedded);
        group.counter("chunksRejected", chunksRejected);
        group.counter("retries", retries);
    }

    void embedded(int tokens) {
        chunksEmbedded.inc();
        tokensEmbedded.inc(tokens);
    }

    void rejected() {
        chunksRejected.inc();
    }

    void retried() {
        retries.inc();
    }
}
