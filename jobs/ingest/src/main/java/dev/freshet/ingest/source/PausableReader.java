package dev.freshet.ingest.source;

import java.util.Collection;
import java.util.List;
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
final class PausableReader<T, SplitT extends SourceSplit> implements SourceReader<T, SplitT> {
    private final SourceReader<T, SplitT> reader;
    private CompletableFuture<Void> released = new CompletableFuture<>();

    PausableReader(SourceReader<T, SplitT> reader, MetricGroup metrics) {
        this.reader = reader;
        Gauge<Integer> paused = () -> released.isDone() ? 0 : 1;
        metrics.addGroup("freshet").addGroup("source").gauge("paused", paused);
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return released.isDone() ? reader.pollNext(output) : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return released.isDone() ? reader.isAvailable() : released;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof PauseChanged(boolean paused))) {
            reader.handleSourceEvents(event);
            return;
        }
        if (!paused) {
            released.complete(null);
        } else if (released.isDone()) {
            released = new CompletableFuture<>();
        }
    }

    @Override
    public List<SplitT> snapshotState(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    @Override
    public void addSplits(List<SplitT> splits) {
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> splitsToPause, Collection<String> splitsToResume) {
        reader.pauseOrResumeSplits(splitsToPause, splitsToResume);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
