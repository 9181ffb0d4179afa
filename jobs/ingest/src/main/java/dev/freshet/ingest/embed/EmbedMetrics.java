package dev.freshet.ingest.embed;

import dev.freshet.core.cost.RecentRate;
import dev.freshet.core.embed.MemoAnswer;
import dev.freshet.core.embed.VectorMemo;
import java.time.InstantSource;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of the embed stage, in the group {@code freshet.embed}; {@code memoBytes} is of the process. Safe for concurrent use. */
final class EmbedMetrics {
    private final ThreadSafeSimpleCounter chunksEmbedded = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter tokensEmbedded = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter tokensPaid = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter tokensSaved = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter chunksRejected = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter chunksRemembered = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter memoHits = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter sharedMemoHits = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter memoMisses = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter sharedMemoErrors = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter sharedMemoBypassed = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter sharedMemoGarbage = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter nearDuplicates = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter retries = new ThreadSafeSimpleCounter();
    private final RecentRate hitRate = new RecentRate(InstantSource.system());

    EmbedMetrics(MetricGroup operator, VectorMemo memo) {
        MetricGroup group = operator.addGroup("freshet").addGroup(EmbedStage.NAME);
        group.counter("chunksEmbedded", chunksEmbedded);
        group.counter("tokensEmbedded", tokensEmbedded);
        group.counter("tokensPaid", tokensPaid);
        group.counter("tokensSaved", tokensSaved);
        group.counter("chunksRejected", chunksRejected);
        group.counter("chunksRemembered", chunksRemembered);
        group.counter("memoHits", memoHits);
        group.counter("sharedMemoHits", sharedMemoHits);
        group.counter("memoMisses", memoMisses);
        group.counter("sharedMemoErrors", sharedMemoErrors);
        group.counter("sharedMemoBypassed", sharedMemoBypassed);
        group.counter("sharedMemoGarbage", sharedMemoGarbage);
        group.counter("nearDuplicates", nearDuplicates);
        group.counter("retries", retries);
        group.gauge("memoBytes", (Gauge<Long>) memo::bytes);
        group.gauge("memoHitRate", (Gauge<Double>) hitRate::value);
    }

    void embedded(int tokens) {
        chunksEmbedded.inc();
        tokensEmbedded.inc(tokens);
        missed();
    }

    /** Tokens of an answer of the model, whatever becomes of it. */
    void paid(long tokens) {
        tokensPaid.inc(tokens);
    }

    void rejected() {
        chunksRejected.inc();
        missed();
    }

    private void missed() {
        memoMisses.inc();
        hitRate.add(false);
    }

    /** @param shared whether the vector came from the memo that processes share */
    void remembered(int tokens, boolean shared) {
        chunksRemembered.inc();
        (shared ? sharedMemoHits : memoHits).inc();
        tokensSaved.inc(tokens);
        hitRate.add(true);
    }

    /** What was wrong with the memo that processes share when it was asked. */
    void asked(MemoAnswer answer) {
        sharedMemoErrors.inc(answer.failures());
        sharedMemoBypassed.inc(answer.bypassed());
        sharedMemoGarbage.inc(answer.garbage());
    }

    /** The memo that processes share could not remember something. */
    void notRemembered() {
        sharedMemoErrors.inc();
    }

    void nearDuplicate() {
        nearDuplicates.inc();
    }

    void retried() {
        retries.inc();
    }
}
