package dev.freshet.ingest.materialize;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.VectorSum;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.embed.ChunkVector;
import dev.freshet.ingest.embed.EmbeddedRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/** Keeps the document of the current key, and says which whole index documents make the index follow it. */
final class Materializer {
    private final ValueState<StoredDocument> document;
    private final MapState<String, StoredChunk> chunks;
    private final VectorSums sums;
    private final long attempt;

    /** @param attempt of the job, by the checkpoint that it began from */
    Materializer(ValueState<StoredDocument> document, MapState<String, StoredChunk> chunks, long attempt) {
        this.document = document;
        this.chunks = chunks;
        this.sums = new VectorSums(chunks);
        this.attempt = attempt;
    }

    /**
     * Moves the state on with the revision.
     *
     * <p>The first change of a document in an attempt of the job writes all its chunks: an attempt before may have removed some that stay now,
     * after changes that come later, or that a newer one supersedes, in this one.
     */
    IndexUpdate follow(EmbeddedRevision embedded, Destination destination) throws Exception {
        StoredDocument before = document.value();
        if (embedded.revision().outcome() == Outcome.SUPERSEDED) {
            return withoutLeftovers(embedded, before == null ? null : summed(before), destination);
        }
        Revision revision = WholeRevision.of(embedded.revision(), before);
        List<ChunkPlacement> manifestBefore = before == null ? List.of() : before.manifest();
        Map<String, StoredChunk> fresh = newChunks(embedded);
        List<ChunkPlacement> manifest = revision.isOfDeleted() ? List.of() : revision.manifest();
        Set<String> removed = new LinkedHashSet<>(ids(manifestBefore));
        removed.removeAll(ids(manifest));
        List<ChunkPlacement> added = without(manifest, ids(manifestBefore));
        boolean all = revision.fieldsChanged() || before == null || before.attempt() != attempt;
        VectorSum moved = all || before == null ? null : sums.moved(before, manifest, fresh);
        chunks.putAll(fresh);
        StoredDocument written = after(revision, before);
        List<ChunkDocument> puts =
                written == null ? List.of() : chunkDocuments(revision.key(), written, all ? manifest : added, fresh);
        StoredDocument after = written == null ? null : written.with(moved == null ? VectorSums.of(puts) : moved);
        IndexUpdate update = new IndexUpdate(
                Receipts.of(embedded, manifest.size(), added.size(), removed.size()),
                true,
                revision.fence(),
                puts,
                List.copyOf(removed),
                after == null ? null : entry(revision.key(), after),
                destination,
                null);
        forgetRemovedChunks(manifestBefore, manifest);
        if (after == null) {
            document.clear();
        } else {
            document.update(after);
        }
        return update;
    }

    /** Removes what an attempt before a crash may have written, and the document does not have. */
    private static IndexUpdate withoutLeftovers(
            EmbeddedRevision embedded, @Nullable StoredDocument stored, Destination destination) {
        Revision superseded = embedded.revision();
        Set<String> left = new LinkedHashSet<>(ids(superseded.manifest()));
        if (stored != null) {
            left.removeAll(ids(stored.manifest()));
        }
        return new IndexUpdate(
                Receipts.of(embedded, 0, 0, 0),
                !superseded.refused(),
                superseded.fence(),
                List.of(),
                List.copyOf(left),
                stored == null ? null : entry(superseded.key(), stored),
                destination,
                null);
    }

    /** The whole document as it is; null where there is none. */
    @Nullable
    IndexUpdate whole(DocumentKey key, Destination destination) throws Exception {
        StoredDocument stored = document.value();
        if (stored == null) {
            return null;
        }
        List<ChunkDocument> puts = chunkDocuments(key, stored, stored.manifest(), Map.of());
        StoredDocument summed = remember(stored, VectorSums.of(puts));
        return new IndexUpdate(
                Receipts.again(key, stored),
                false,
                stored.order().fence(),
                puts,
                List.of(),
                entry(key, summed),
                destination,
                null);
    }

    private StoredDocument summed(StoredDocument stored) throws Exception {
        return remember(stored, sums.of(stored));
    }

    /** The document with this sum, which is also kept where another one was, or none. */
    private StoredDocument remember(StoredDocument stored, VectorSum sum) throws Exception {
        if (stored.vectors() != null && stored.vectors().sameAs(sum)) {
            return stored;
        }
        StoredDocument summed = stored.with(sum);
        document.update(summed);
        return summed;
    }

    /** The document as it is when it follows the revision, its vectors not summed yet; null when it is deleted. */
    private @Nullable StoredDocument after(Revision revision, @Nullable StoredDocument before) {
        if (revision.isOfDeleted()) {
            return null;
        }
        ChangeOrder order = ChangeOrder.ofFence(revision.fence());
        return new StoredDocument(
                order.epoch(),
                order.version(),
                revision.eventTime(),
                Objects.requireNonNull(revision.fields(), "only a delete has no fields"),
                revision.manifest(),
                revision.fieldsChanged() || before == null ? revision.eventTime() : before.fieldsChangedAt(),
                revision.origin(),
                attempt,
                null);
    }

    private static Map<String, StoredChunk> newChunks(EmbeddedRevision embedded) {
        List<NewChunk> added = embedded.revision().added();
        Map<String, StoredChunk> fresh = HashMap.newHashMap(added.size());
        for (int i = 0; i < added.size(); i++) {
            NewChunk chunk = added.get(i);
            ChunkVector vector = embedded.vectors().get(i);
            fresh.put(
                    chunk.chunkHash(),
                    new StoredChunk(
                            chunk.headingPath(),
                            chunk.text(),
                            chunk.tokens(),
                            vector.vector(),
                            embedded.revision().eventTime(),
                            chunk.metadata(),
                            vector.tokenVectors()));
        }
        return fresh;
    }

    /** @param fresh those of the chunks that need not be read from the state */
    private List<ChunkDocument> chunkDocuments(
            DocumentKey key, StoredDocument owner, List<ChunkPlacement> placements, Map<String, StoredChunk> fresh)
            throws Exception {
        List<ChunkDocument> documents = new ArrayList<>(placements.size());
        for (ChunkPlacement placement : placements) {
            StoredChunk chunk = fresh.get(placement.chunkHash());
            if (chunk == null) {
                chunk = chunks.get(placement.chunkHash());
            }
            if (chunk == null) {
                throw new IllegalStateException("chunk %s of document %s is in the manifest but not in the state"
                        .formatted(placement.chunkId(), key.path()));
            }
            documents.add(new ChunkDocument(
                    placement.chunkId(),
                    owner.order().fence(),
                    key.tenant(),
                    key.id(),
                    chunk.headingPath(),
                    chunk.text(),
                    chunk.tokens(),
                    chunk.metadata(),
                    owner.fields(),
                    later(chunk.addedAt(), owner.fieldsChangedAt()),
                    chunk.vector(),
                    chunk.tokenVectors()));
        }
        return documents;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static DocumentEntry entry(DocumentKey key, StoredDocument stored) {
        return new DocumentEntry(
                key,
                stored.order(),
                stored.fields(),
                stored.eventTime(),
                stored.manifest(),
                stored.vectors() == null ? null : stored.vectors().mean());
    }

    private void forgetRemovedChunks(List<ChunkPlacement> before, List<ChunkPlacement> after) throws Exception {
        Set<String> hashes = new HashSet<>();
        before.forEach(placement -> hashes.add(placement.chunkHash()));
        after.forEach(placement -> hashes.remove(placement.chunkHash()));
        for (String hash : hashes) {
            chunks.remove(hash);
        }
    }

    private static List<ChunkPlacement> without(List<ChunkPlacement> manifest, Set<String> ids) {
        return manifest.stream()
                .filter(placement -> !ids.contains(placement.chunkId()))
                .toList();
    }

    private static Set<String> ids(List<ChunkPlacement> manifest) {
        Set<String> ids = LinkedHashSet.newLinkedHashSet(manifest.size());
        manifest.forEach(placement -> ids.add(placement.chunkId()));
        return ids;
    }
}
