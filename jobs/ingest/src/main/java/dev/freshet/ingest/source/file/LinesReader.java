package dev.freshet.ingest.source.file;

import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one file, in batches that are bounded in bytes and in lines. */
final class LinesReader implements BulkFormat.Reader<RawRecord> {
    private static final int BATCH_BYTES = 1 << 20;
    private static final int BATCH_LINES = 1_000;

    private final LineInput lines;
    private final String path;
    private final long modified;
    private long linesRead;

    /** @param linesRead how many lines are behind already */
    LinesReader(LineInput lines, String path, long modified, long linesRead) {
        this.lines = lines;
        this.path = path;
        this.modified = modified;
        this.linesRead = linesRead;
    }

    @Override
    public BulkFormat.@Nullable RecordIterator<RawRecord> readBatch() throws IOException {
        List<RecordAndPosition<RawRecord>> batch = new ArrayList<>();
        long bytes = 0;
        while (bytes < BATCH_BYTES && batch.size() < BATCH_LINES) {
            byte[] line = lines.next();
            if (line == null) {
                break;
            }
            long number = linesRead++;
            if (line.length > 0) {
                bytes += line.length;
                batch.add(new RecordAndPosition<>(record(number, line), CheckpointedPosition.NO_OFFSET, linesRead));
            }
        }
        return batch.isEmpty() ? null : new FileBatch(batch.iterator());
    }

    private RawRecord record(long number, byte[] line) {
        return RawRecord.ofValue(new SourcePosition(path, 0, number), modified, line);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
