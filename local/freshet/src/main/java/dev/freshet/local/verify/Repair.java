package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.verify.Difference;
import dev.freshet.core.verify.Difference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has differences repaired while they are found: the job writes documents again from its state, and chunks that no document
 * names are removed. What may be on its way is left alone.
 */
final class Repair implements Consumer<Difference> {
    private static final int TOGETHER = 500;
    /** So many documents are looked up by their ids afterwards; beyond, the whole index is read again. */
    private static final int MOST_LOOKED_UP = 5_000;

    private static final long DEADLINE_SECONDS = 60;

    private final Consumer<List<DocumentKey>> writeAgain;
    private final IndexWriter index;
    private final Set<DocumentKey> documents = new LinkedHashSet<>();
    private final List<IndexWrite> orphans = new ArrayList<>();
    private @Nullable Set<DocumentKey> touched = new LinkedHashSet<>();
    private long repaired;
    private long removed;

    /** @param writeAgain is given the documents that the job shall write again */
    Repair(Consumer<List<DocumentKey>> writeAgain, IndexWriter index) {
        this.writeAgain = writeAgain;
        this.index = index;
    }

    @Override
    public void accept(Difference difference) {
        if (difference.warning() || difference.unsettled()) {
            return;
        }
        touch(difference.document());
        if (difference.kind() == Kind.ORPHAN_CHUNK && difference.chunkId() != null) {
            // With the version that was seen: a chunk that was written since is newer and stays.
            orphans.add(new IndexWrite.DeleteChunk(difference.chunkId(), difference.chunkFence()));
            if (orphans.size() >= TOGETHER) {
                removeOrphans();
            }
            return;
        }
        if (documents.size() >= TOGETHER && !documents.contains(difference.document())) {
            // Not before: the last document may have more than one difference.
            writeDocuments();
        }
        documents.add(difference.document());
    }

    private void touch(DocumentKey document) {
        if (touched != null) {
            touched.add(document);
            touched = touched.size() > MOST_LOOKED_UP ? null : touched;
        }
    }

    /** Repairs what is left. */
    void finish() {
        writeDocuments();
        removeOrphans();
    }

    private void writeDocuments() {
        if (!documents.isEmpty()) {
            writeAgain.accept(List.copyOf(documents));
            repaired += documents.size();
            documents.clear();
        }
    }

    private void removeOrphans() {
        if (!orphans.isEmpty()) {
            // What does not succeed is found again by the comparison that follows.
            index.write(List.copyOf(orphans))
                    .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join();
            removed += orphans.size();
            orphans.clear();
        }
    }

    /** The documents that were touched; null when they are too many to be looked up one by one. */
    @Nullable
    Set<DocumentKey> touched() {
        return touched;
    }

    VerifyReport.Repairs done() {
        return new VerifyReport.Repairs(repaired, removed);
    }
}
