package dev.freshet.ingest.source;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns "offset out of range", which comes up from the fetching thread when the reader is polled, into {@link LostRecordsException}. */
final class GaplessReader<T, S extends SourceSplit> implements SourceReader<T, S> {
    private static final Logger LOG = LoggerFactory.getLogger(GaplessReader.class);

    private final SourceReader<T, S> reader;
    private final PartitionBounds bounds;

    GaplessReader(SourceReader<T, S> reader, PartitionBounds bounds) {
        this.reader = reader;
        this.bounds = bounds;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        try {
            return reader.pollNext(output);
        } catch (Exception e) {
            Optional<OffsetOutOfRangeException> gap = ExceptionUtils.findThrowable(e, OffsetOutOfRangeException.class);
            if (gap.isPresent()) {
                throw lostRecords(gap.get(), e);
            }
            throw e;
        }
    }

    private LostRecordsException lostRecords(OffsetOutOfRangeException gap, Exception failure) {
        Map<TopicPartition, Long> wanted = gap.offsetOutOfRangePartitions();
        Map<TopicPartition, PartitionBounds.Range> ranges = Map.of();
        try {
            ranges = bounds.of(wanted.keySet());
        } catch (RuntimeException e) {
            LOG.warn("The offsets of a partition could not be asked for: partitions={}", wanted.keySet(), e);
        }
        return LostRecordsException.of(wanted, ranges, failure);
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public List<S> snapshotState(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void addSplits(List<S> splits) {
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        reader.pauseOrResumeSplits(toPause, toResume);
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
