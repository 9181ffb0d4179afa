package dev.freshet.ingest;

import dev.freshet.core.document.RawRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/**
 * The log of an {@link Outside} as a topic would give it: every partition in its order, also in a replay, and all of them side by side.
 *
 * @param partitions as the positions of the log have them
 * @param pauseNanos between two records of a partition
 */
record PartitionedLog(String outside, int partitions, long pauseNanos)
        implements Source<RawRecord, PartitionedLog.Split, Collection<PartitionedLog.Split>>, Serializable {

    /** The rest of a partition, from an index on. */
    record Split(String outside, int partition, int next, long pauseNanos)
            implements IteratorSourceSplit<RawRecord, Records>, Serializable {
        @Override
        public String splitId() {
            return Integer.toString(partition);
        }

        @Override
        public Records getIterator() {
            return new Records(this);
        }

        @Override
        public IteratorSourceSplit<RawRecord, Records> getUpdatedSplitForIterator(Records records) {
            return new Split(outside, partition, records.next, pauseNanos);
        }
    }

    /** Reads a partition. */
    static final class Records implements Iterator<RawRecord> {
        private final List<RawRecord> partition;
        private final long pauseNanos;
        private int next;

        private Records(Split split) {
            this.partition = Outside.named(split.outside()).log.stream()
                    .filter(record -> record.position().partition() == split.partition())
                    .toList();
            this.pauseNanos = split.pauseNanos();
            this.next = split.next();
        }

        @Override
        public boolean hasNext() {
            return next < partition.size();
        }

        @Override
        public RawRecord next() {
            LockSupport.parkNanos(pauseNanos);
            return partition.get(next++);
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RawRecord, Split> createReader(SourceReaderContext context) {
        return new IteratorSourceReader<>(context);
    }

    @Override
    public SplitEnumerator<Split, Collection<Split>> createEnumerator(SplitEnumeratorContext<Split> context) {
        List<Split> splits = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Split split = new Split(outside, partition, 0, pauseNanos);
            // Flink's reader of iterators takes none that is empty.
            if (split.getIterator().hasNext()) {
                splits.add(split);
            }
        }
        return new IteratorSourceEnumerator<>(context, splits);
    }

    @Override
    public SplitEnumerator<Split, Collection<Split>> restoreEnumerator(
            SplitEnumeratorContext<Split> context, Collection<Split> checkpoint) {
        return new IteratorSourceEnumerator<>(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new JavaSerializer<>();
    }

    @Override
    public SimpleVersionedSerializer<Collection<Split>> getEnumeratorCheckpointSerializer() {
        return new JavaSerializer<>();
    }

    private static final class JavaSerializer<T> implements SimpleVersionedSerializer<T> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) throws java.io.IOException {
            return InstantiationUtil.serializeObject(value instanceof Collection<?> all ? new ArrayList<>(all) : value);
        }

        @Override
        public T deserialize(int version, byte[] bytes) throws java.io.IOException {
            try {
                return InstantiationUtil.deserializeObject(bytes, PartitionedLog.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new java.io.IOException(e);
            }
        }
    }
}
