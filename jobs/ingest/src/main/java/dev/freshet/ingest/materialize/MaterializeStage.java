package dev.freshet.ingest.materialize;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.Operation;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.deadletter.DeadLetters;
import dev.freshet.ingest.embed.ChunkVector;
import dev.freshet.ingest.embed.EmbedStage;
import dev.freshet.ingest.embed.EmbeddedRevision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Keeps every live chunk with its vector, and says which whole documents the index must write or remove. */
public final class MaterializeStage extends KeyedProcessFunction<String, EmbeddedRevision, IndexUpdate> {
    public static final String NAME = "materialize";
    private static final long serialVersionUID = 1L;

    private transient ValueState<StoredDocument> document;
    private transient MapState<String, StoredChunk> chunks;
    private transient MaterializeMetrics metrics;

    @Override
    public void open(OpenContext context) {
        document = getRuntimeContext().getState(new ValueStateDescriptor<>("document", StoredDocument.class));
        chunks = getRuntimeContext().getMapState(new MapStateDescriptor<>("chunks", String.class, StoredChunk.class));
        metrics = new MaterializeMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(EmbeddedRevision embedded, Context context, Collector<IndexUpdate> out)
            throws Exception {
        StoredDocument before = document.value();
        Revision revision = WholeRevision.of(embedded.revision(), before);
        List<ChunkPlacement> manifestBefore = before == null ? List.of() : before.manifest();
        keepNewChunks(embedded, context);
        IndexUpdate update = update(embedded, revision, manifestBefore);
        forgetRemovedChunks(manifestBefore, revision.manifest());
        if (revision.operation() == Operation.DELETE) {
            document.clear();
        } else {
            ChangeOrder newest = ChangeOrder.ofFence(revision.fence());
            document.update(new StoredDocument(
                    newest.epoch(), newest.version(), revision.eventTime(), fieldsOf(revision), revision.manifest()));
        }
        metrics.updated(update);
        out.collect(update);
    }

    private void keepNewChunks(EmbeddedRevision embedded, Context context) throws Exception {
        List<NewChunk> added = embedded.revision().added();
        for (int i = 0; i < added.size(); i++) {
            NewChunk chunk = added.get(i);
            ChunkVector vector = embedded.vectors().get(i);
            chunks.put(
                    chunk.chunkHash(),
                    new StoredChunk(chunk.headingPath(), chunk.text(), chunk.tokens(), vector.vector()));
            if (vector.rejection() != null) {
                context.output(DeadLetters.TAG, withoutVector(embedded.revision(), chunk, vector));
            }
        }
    }

    private IndexUpdate update(EmbeddedRevision embedded, Revision revision, List<ChunkPlacement> manifestBefore)
            throws Exception {
        Set<String> idsBefore = ids(manifestBefore);
        List<ChunkDocument> puts = new ArrayList<>();
        int added = 0;
        for (ChunkPlacement placement : revision.manifest()) {
            boolean isNew = !idsBefore.contains(placement.chunkId());
            added += isNew ? 1 : 0;
            if (isNew || revision.fieldsChanged()) {
                puts.add(chunkDocument(revision, placement));
            }
        }
        Set<String> removed = new LinkedHashSet<>(idsBefore);
        removed.removeAll(ids(revision.manifest()));
        return new IndexUpdate(
                receipt(embedded, revision.manifest().size(), added, removed.size()),
                revision.fence(),
                puts,
                List.copyOf(removed),
                entry(revision));
    }

    private ChunkDocument chunkDocument(Revision revision, ChunkPlacement placement) throws Exception {
        StoredChunk chunk = chunks.get(placement.chunkHash());
        if (chunk == null) {
            throw new IllegalStateException("chunk %s of document %s is in the manifest but not in the state"
                    .formatted(placement.chunkId(), revision.key().path()));
        }
        return new ChunkDocument(
                placement.chunkId(),
                revision.fence(),
                revision.tenant(),
                revision.documentId(),
                chunk.headingPath(),
                chunk.text(),
                chunk.tokens(),
                fieldsOf(revision),
                revision.eventTime(),
                chunk.vector());
    }

    private void forgetRemovedChunks(List<ChunkPlacement> before, List<ChunkPlacement> after) throws Exception {
        Set<String> hashes = new HashSet<>();
        before.forEach(placement -> hashes.add(placement.chunkHash()));
        after.forEach(placement -> hashes.remove(placement.chunkHash()));
        for (String hash : hashes) {
            chunks.remove(hash);
        }
    }

    private static @Nullable DocumentEntry entry(Revision revision) {
        return revision.operation() == Operation.DELETE
                ? null
                : new DocumentEntry(
                        revision.key(),
                        ChangeOrder.ofFence(revision.fence()),
                        fieldsOf(revision),
                        revision.eventTime(),
                        revision.manifest());
    }

    private static DocumentFields fieldsOf(Revision revision) {
        return Objects.requireNonNull(revision.fields(), "a document in the index has fields");
    }

    private static Set<String> ids(List<ChunkPlacement> manifest) {
        Set<String> ids = LinkedHashSet.newLinkedHashSet(manifest.size());
        manifest.forEach(placement -> ids.add(placement.chunkId()));
        return ids;
    }

    private static ChangeReceipt receipt(EmbeddedRevision embedded, int chunks, int added, int removed) {
        Revision revision = embedded.revision();
        int embeddedChunks = 0;
        int embeddedTokens = 0;
        for (ChunkVector vector : embedded.vectors()) {
            embeddedChunks += vector.vector() == null ? 0 : 1;
            embeddedTokens += vector.tokens();
        }
        return new ChangeReceipt(
                revision.tenant(),
                revision.documentId(),
                revision.operation(),
                revision.epoch(),
                revision.version(),
                revision.outcome(),
                chunks,
                added,
                chunks - added,
                removed,
                embeddedChunks,
                embeddedTokens,
                revision.eventTime(),
                Instant.EPOCH,
                revision.derived(),
                revision.origin());
    }

    private static DeadLetter withoutVector(Revision revision, NewChunk chunk, ChunkVector vector) {
        return new DeadLetter(
                DeadLetter.Scope.CHUNK,
                revision.origin(),
                EmbedStage.NAME,
                Objects.requireNonNull(vector.rejection()),
                String.valueOf(vector.rejectionMessage()),
                1,
                Instant.now(),
                revision.tenant(),
                revision.documentId(),
                revision.key().path().getBytes(StandardCharsets.UTF_8),
                chunk.embeddedText().getBytes(StandardCharsets.UTF_8),
                List.of());
    }
}
