package dev.freshet.ingest.source;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Reads nothing while it is held, and until it was told for the first time that it may read. Everything happens in the task's thread, which
 * is free for checkpoints all the while; metrics may be read a moment late.
 */
final class PausableReader<T, SplitT extends SourceSplit> extends ForwardingReader<T, SplitT> {
    private CompletableFuture<Void> released = new CompletableFuture<>();

    PausableReader(SourceReader<T, SplitT> reader, MetricGroup metrics) {
        super(reader);
        Gauge<Integer> paused = () -> released.isDone() ? 0 : 1;
        metrics.addGroup("freshet").addGroup("source").gauge("paused", paused);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return released.isDone() ? super.pollNext(output) : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return released.isDone() ? super.isAvailable() : released;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof PauseChanged(boolean paused))) {
            super.handleSourceEvents(event);
            return;
        }
        if (!paused) {
            released.complete(null);
        } else if (released.isDone()) {
            released = new CompletableFuture<>();
        }
    }
}
