package dev.freshet.ingest.source.file;

import dev.freshet.core.document.RawRecord;
import java.util.Iterator;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.jspecify.annotations.Nullable;

/** Records of one file, each with the position after it. */
record FileBatch(Iterator<RecordAndPosition<RawRecord>> records) implements BulkFormat.RecordIterator<RawRecord> {
    @Override
    public @Nullable RecordAndPosition<RawRecord> next() {
        return records.hasNext() ? records.next() : null;
    }

    @Override
    public void releaseBatch() {}
}
