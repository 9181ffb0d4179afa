package dev.freshet.ingest.embed;

import dev.freshet.core.embed.VectorMemo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of the embed stage, in the group {@code freshet.embed}; {@code memoBytes} is of the process. Safe for concurrent use. */
final class EmbedMetrics {
    private final ThreadSafeSimpleCounter chunksEmbedded = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter tokensEmbedded = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter chunksRejected = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter chunksRemembered = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter nearDuplicates = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter retries = new ThreadSafeSimpleCounter();

    EmbedMetrics(MetricGroup operator, VectorMemo memo) {
        MetricGroup group = operator.addGroup("freshet").addGroup(EmbedStage.NAME);
        group.counter("chunksEmbedded", chunksEmbedded);
        group.counter("tokensEmbedded", tokensEmbedded);
        group.counter("chunksRejected", chunksRejected);
        group.counter("chunksRemembered", chunksRemembered);
        group.counter("nearDuplicates", nearDuplicates);
        group.counter("retries", retries);
        group.gauge("memoBytes", (Gauge<Long>) memo::bytes);
    }

    void embedded(int tokens) {
        chunksEmbedded.inc();
        tokensEmbedded.inc(tokens);
    }

    void rejected() {
        chunksRejected.inc();
    }

    void remembered() {
        chunksRemembered.inc();
    }

    void nearDuplicate() {
        nearDuplicates.inc();
    }

    void retried() {
        retries.inc();
    }
}
