package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.verify.Verification.Unsettled;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some of the documents, with all that log and index say of them, in memory. */
final class LoadedPart {
    private static final int BYTES_OF_A_DOCUMENT = 350;
    private static final int BYTES_OF_A_PLACE = 200;
    private static final int BYTES_OF_A_CHUNK = 300;
    private static final int BYTES_OF_A_PASSAGE = 120;
    private static final int BYTES_OF_A_MARK = 150;

    /** All that is known of one document. */
    static final class Known {
        private final DocumentKey key;
        private final ChangeHistory history = new ChangeHistory();
        private final Map<String, ChunkRecord> chunks = new HashMap<>(0);
        private final Set<String> withoutVector = new HashSet<>(0);
        private final Set<String> notApplied = new HashSet<>(0);
        private @Nullable DocumentRecord document;
        private boolean changedSince;
        private boolean unsettled;

        Known(DocumentKey key) {
            this.key = key;
        }

        DocumentKey key() {
            return key;
        }

        ChangeHistory history() {
            return history;
        }

        boolean changedSince() {
            return changedSince;
        }

        boolean unsettled() {
            return unsettled;
        }

        DocumentComparison.Found found() {
            return new DocumentComparison.Found(document, chunks, withoutVector);
        }
    }

    private final Map<DocumentKey, Known> documents = new HashMap<>();
    private final TenantFilters filters;
    private final Unsettled unsettled;
    private long bytes;

    LoadedPart(TenantFilters filters, Unsettled unsettled) {
        this.filters = filters;
        this.unsettled = unsettled;
    }

    Iterable<Known> documents() {
        return documents.values();
    }

    /** Memory that it takes, about. */
    long bytes() {
        return bytes;
    }

    /** What is marked must be known before the log is read. */
    void loadMarks(Path file) throws IOException {
        SpillFrame.readAll(file, (frame, position, in) -> {
            MarkRecord mark = MarkRecord.read(frame.kind(), in);
            Known known = known(mark.key());
            bytes += BYTES_OF_A_MARK + mark.detail().length();
            if (mark.kind() == MarkRecord.NOT_APPLIED) {
                known.notApplied.add(mark.detail());
            } else {
                known.changedSince = true;
            }
        });
    }

    void loadLog(Path file) throws IOException {
        SpillFrame.readAll(file, (frame, position, in) -> {
            ChangeRecord change = ChangeRecord.read(in);
            Known known = known(change.key());
            known.unsettled |= unsettled.test(change.partition(), change.offset());
            if (known.notApplied.contains(MarkRecord.position(change.partition(), change.offset()))) {
                return;
            }
            int before = known.history.size();
            known.history.add(change.reference(position), filters.of(known.key.tenant()));
            bytes += (long) BYTES_OF_A_PLACE * (known.history.size() - before);
        });
    }

    void loadIndex(Path file) throws IOException {
        SpillFrame.readAll(file, (frame, position, in) -> loadIndexed(frame.kind(), in));
    }

    private void loadIndexed(int kind, DataInputStream in) throws IOException {
        switch (kind) {
            case DocumentRecord.KIND -> {
                DocumentRecord document = DocumentRecord.read(in);
                bytes += (long) BYTES_OF_A_PASSAGE * document.manifest().size();
                known(document.key()).document = document;
            }
            case ChunkRecord.KIND -> {
                ChunkRecord chunk = ChunkRecord.read(in);
                Known known = known(chunk.key());
                known.chunks.put(chunk.id(), chunk.of(known.key));
                bytes += BYTES_OF_A_CHUNK + chunk.id().length();
            }
            default -> {
                MarkRecord mark = MarkRecord.read(kind, in);
                known(mark.key()).withoutVector.add(mark.detail());
                bytes += BYTES_OF_A_MARK + mark.detail().length();
            }
        }
    }

    private Known known(DocumentKey key) {
        Known known = documents.get(key);
        if (known == null) {
            known = new Known(key);
            documents.put(key, known);
            bytes += BYTES_OF_A_DOCUMENT + key.tenant().length() + key.id().length();
        }
        return known;
    }
}
