package dev.freshet.ingest.source.file;

import dev.freshet.core.document.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Every file is one record, an upsert of one document: see {@link FileDocument}. */
final class DocumentsFormat implements BulkFormat<RawRecord, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    private final URI location;
    private final String tenant;
    private final int longestRead;

    DocumentsFormat(URI location, String tenant, int longestRead) {
        this.location = location;
        this.tenant = tenant;
        this.longestRead = longestRead;
    }

    @Override
    public Reader<RawRecord> createReader(Configuration configuration, FileSourceSplit split) {
        return new DocumentReader(split);
    }

    /** A position is there only after the one record of the file. */
    @Override
    public Reader<RawRecord> restoreReader(Configuration configuration, FileSourceSplit split) {
        return new DocumentReader(null);
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }

    private RawRecord read(FileSourceSplit split) throws IOException {
        Path file = split.path();
        try (InputStream bytes = file.getFileSystem().open(file)) {
            byte[] content = bytes.readNBytes(longestRead);
            return new FileDocument(
                            tenant,
                            FileDocument.idOf(new Path(location).getPath(), file.getPath()),
                            file.toString(),
                            split.fileModificationTime())
                    .record(content, longestRead);
        }
    }

    private final class DocumentReader implements Reader<RawRecord> {
        private @Nullable FileSourceSplit unread;

        private DocumentReader(@Nullable FileSourceSplit unread) {
            this.unread = unread;
        }

        @Override
        public @Nullable RecordIterator<RawRecord> readBatch() throws IOException {
            if (unread == null) {
                return null;
            }
            RawRecord record = read(unread);
            unread = null;
            return new FileBatch(List.of(new RecordAndPosition<>(record, CheckpointedPosition.NO_OFFSET, 1))
                    .iterator());
        }

        @Override
        public void close() {}
    }
}
