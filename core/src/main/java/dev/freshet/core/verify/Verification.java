package dev.freshet.core.verify;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds a log in the most obvious way, all changes of a document in their order, and compares what comes out with an index.
 *
 * <p>First comes the log, then the index, then the comparison; index and comparison may come again. Nothing but the deletes
 * by filter stays in memory until then, and what is compared at a time obeys the given limit, unless one document alone is
 * larger. Beside it there is the content of one document.
 */
public final class Verification implements AutoCloseable {
    /** Whether a record of the log has no outcome yet. */
    @FunctionalInterface
    public interface Unsettled {
        boolean test(int partition, long offset);
    }

    /**
     * What was compared.
     *
     * @param documents that are there by the log
     * @param changedSince documents that were left out, since they changed after the end of the log
     * @param textsElsewhere documents whose chunks were not compared by their texts, which lie outside of the log
     */
    public record Tally(long documents, long changedSince, long textsElsewhere) {}

    private final Path folder;
    private final Chunker chunker;
    private final long memory;
    private final int files;
    private final TenantFilters filters = new TenantFilters();
    private final TenantFilters filtersSince = new TenantFilters();
    private final Spill log;
    private final Spill marks;
    private @Nullable Spill index;
    private long largest;

    /**
     * Starts with an empty log.
     *
     * @param folder for temporary files, which are gone when this is closed
     * @param chunker as the job uses it
     * @param memory that the documents compared at a time may take, in bytes
     * @param files over which the documents are spread at first; more where these turn out too large
     */
    public Verification(Path folder, Chunker chunker, long memory, int files) throws IOException {
        this.folder = folder;
        this.chunker = chunker;
        this.memory = memory;
        this.files = files;
        this.log = new Spill(folder, "log", files, 0);
        this.marks = new Spill(folder, "marks", files, 0);
    }

    /** Takes in the next change of the log. */
    public void change(DocumentChange change) throws IOException {
        if (change.operation() == Operation.DELETE_BY_FILTER) {
            filters.add(change);
            return;
        }
        int cost = ChangeRecord.cost(change.key());
        log.add(change.key(), ChangeRecord.KIND, cost, out -> ChangeRecord.write(out, change));
    }

    /** A change of the log, taken in before, that the job understood but gave up later, for a reason that the log does not tell. */
    public void notApplied(DeadLetter letter) throws IOException {
        SourcePosition position = letter.origin();
        if (letter.tenant() == null
                || letter.documentId() == null
                || letter.documentId().isEmpty()) {
            filters.remove(position);
            return;
        }
        mark(new MarkRecord(
                MarkRecord.NOT_APPLIED,
                new DocumentKey(letter.tenant(), letter.documentId()),
                MarkRecord.position(position.partition(), position.offset())));
    }

    /** A change after the end of the log: the index may follow it already, so its document is left out. */
    public void changedSince(DocumentChange change) throws IOException {
        if (change.operation() == Operation.DELETE_BY_FILTER) {
            filtersSince.add(change);
            return;
        }
        mark(new MarkRecord(MarkRecord.CHANGED_SINCE, change.key(), ""));
    }

    private void mark(MarkRecord mark) throws IOException {
        marks.add(mark.key(), mark.kind(), mark.cost(), mark::write);
    }

    /** Begins with an empty index; what was known of the index before is forgotten. */
    public void beginIndex() throws IOException {
        if (index != null) {
            index.close();
        }
        index = new Spill(folder, "index", files, 0);
    }

    public void indexed(IndexedDocument document) throws IOException {
        DocumentRecord entry = DocumentRecord.of(document);
        index().add(document.key(), DocumentRecord.KIND, entry.cost(), entry::write);
    }

    public void indexed(IndexedChunk chunk) throws IOException {
        ChunkRecord entry = ChunkRecord.of(chunk);
        index().add(chunk.document(), ChunkRecord.KIND, entry.cost(), entry::write);
    }

    public void withoutVector(DocumentKey document, String chunkId) throws IOException {
        MarkRecord entry = new MarkRecord(MarkRecord.WITHOUT_VECTOR, document, chunkId);
        index().add(document, entry.kind(), entry.cost(), entry::write);
    }

    private Spill index() {
        return Objects.requireNonNull(index, "beginIndex comes first");
    }

    /**
     * Compares the documents.
     *
     * @param wanted which documents; the others are skipped
     */
    public Tally compare(Unsettled unsettled, Predicate<DocumentKey> wanted, Consumer<Difference> differences)
            throws IOException {
        log.finish();
        marks.finish();
        index().finish();
        FoldComparison comparison = new FoldComparison(
                chunker, filters, filtersSince, unsettled, wanted, differences, new PartSize(folder, memory));
        Tally tally = comparison.run(log, marks, index());
        largest = Math.max(largest, comparison.largestPart());
        return tally;
    }

    /** Memory that the largest part took, about, in bytes. */
    public long largestPart() {
        return largest;
    }

    /** Removes the temporary files. */
    @Override
    public void close() throws IOException {
        try {
            log.close();
        } finally {
            try {
                marks.close();
            } finally {
                if (index != null) {
                    index.close();
                }
            }
        }
    }
}
