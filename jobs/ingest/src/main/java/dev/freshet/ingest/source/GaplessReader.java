package dev.freshet.ingest.source;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns "offset out of range", which comes up from the fetching thread when the reader is polled, into {@link LostRecordsException}. */
final class GaplessReader<T, S extends SourceSplit> extends ForwardingReader<T, S> {
    private static final Logger LOG = LoggerFactory.getLogger(GaplessReader.class);

    private final PartitionBounds bounds;

    GaplessReader(SourceReader<T, S> reader, PartitionBounds bounds) {
        super(reader);
        this.bounds = bounds;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        try {
            return super.pollNext(output);
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
}
