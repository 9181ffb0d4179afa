package dev.freshet.ingest.source.file;

import dev.freshet.core.document.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.api.common.io.compression.InflaterInputStreamFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.compression.StandardDeCompressors;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Every line of a file is a record, whose position is the file's path and the line's number from 0; empty lines are
 * counted and left out. Files whose name ends in {@code .gz} are unpacked on the way.
 *
 * <p>A file is one split, because a line's number is known only to who has read the lines before. The checkpointed
 * position is the number of lines to skip, which means the same in a packed file.
 */
final class LinesFormat implements BulkFormat<RawRecord, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    private final int longestRead;

    /** @param longestRead bytes of a line that are handed over: one more than is accepted, so that it is refused as too large */
    LinesFormat(int longestRead) {
        this.longestRead = longestRead;
    }

    @Override
    public Reader<RawRecord> createReader(Configuration configuration, FileSourceSplit split) throws IOException {
        return open(split, 0);
    }

    @Override
    public Reader<RawRecord> restoreReader(Configuration configuration, FileSourceSplit split) throws IOException {
        return open(
                split,
                split.getReaderPosition()
                        .map(CheckpointedPosition::getRecordsAfterOffset)
                        .orElse(0L));
    }

    private Reader<RawRecord> open(FileSourceSplit split, long linesRead) throws IOException {
        LineInput lines = new LineInput(unpacked(split.path()), longestRead);
        try {
            lines.skip(linesRead);
            return new LinesReader(lines, split.path().toString(), split.fileModificationTime(), linesRead);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private static InputStream unpacked(Path file) throws IOException {
        InputStream bytes = file.getFileSystem().open(file);
        @Nullable
        InflaterInputStreamFactory<?> packed = StandardDeCompressors.getDecompressorForFileName(file.getName());
        if (packed == null) {
            return bytes;
        }
        try {
            return packed.create(bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }
}
