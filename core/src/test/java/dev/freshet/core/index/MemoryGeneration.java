package dev.freshet.core.index;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.oracle.IndexSnapshot;
import dev.freshet.core.revision.ChunkPlacement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The chunks and documents of one generation, in memory; it keeps fences and deletes for ever. */
final class MemoryGeneration {
    private final Map<String, Entry<ChunkDocument>> chunks = new HashMap<>();
    private final Map<String, Entry<DocumentEntry>> documents = new HashMap<>();

    private record Entry<T>(long fence, @Nullable T value) {}

    WriteOutcome apply(IndexWrite write) {
        return switch (write) {
            case IndexWrite.PutChunk put -> {
                float[] vector = put.chunk().vector();
                yield vector != null && vector.length != IndexWrites.DIMENSION
                        ? new WriteOutcome.Rejected("mapper_parsing_exception", "wrong dimension")
                        : put(chunks, put.chunk().id(), write.fence(), put.chunk());
            }
            case IndexWrite.DeleteChunk delete -> put(chunks, delete.chunkId(), write.fence(), null);
            case IndexWrite.PutDocument put -> {
                float[] summary = put.entry().summary();
                yield summary != null && summary.length != IndexWrites.DIMENSION
                        ? new WriteOutcome.Rejected("mapper_parsing_exception", "wrong dimension")
                        : put(documents, put.entry().key().path(), write.fence(), put.entry());
            }
            case IndexWrite.DeleteDocument delete -> put(documents, delete.key().path(), write.fence(), null);
            case IndexWrite.ForGeneration other -> throw new IllegalArgumentException("not for " + other.generation());
        };
    }

    private static <T> WriteOutcome put(Map<String, Entry<T>> entries, String id, long fence, @Nullable T value) {
        Entry<T> current = entries.get(id);
        if (current != null && current.fence() > fence) {
            return new WriteOutcome.AlreadyNewer();
        }
        entries.put(id, new Entry<>(fence, value));
        return new WriteOutcome.Written();
    }

    Stream<ChunkDocument> chunks() {
        return chunks.values().stream().map(Entry::value).filter(Objects::nonNull);
    }

    @Nullable
    ChunkDocument chunk(String id) {
        Entry<ChunkDocument> stored = chunks.get(id);
        return stored == null ? null : stored.value();
    }

    OptionalLong fence(String chunkId) {
        Entry<ChunkDocument> stored = chunks.get(chunkId);
        return stored == null || stored.value() == null ? OptionalLong.empty() : OptionalLong.of(stored.fence());
    }

    @Nullable
    DocumentEntry document(String path) {
        Entry<DocumentEntry> stored = documents.get(path);
        return stored == null ? null : stored.value();
    }

    /** Documents whose summary is not the mean of their chunks as these are here. */
    List<DocumentKey> wrongSummaries() {
        return documents.values().stream()
                .map(Entry::value)
                .filter(Objects::nonNull)
                .filter(entry -> !Arrays.equals(entry.summary(), mean(entry)))
                .map(DocumentEntry::key)
                .toList();
    }

    private float @Nullable [] mean(DocumentEntry entry) {
        VectorSum.Sums sums = new VectorSum.Sums(VectorSum.NONE);
        entry.manifest().forEach(placement -> {
            ChunkDocument chunk = chunk(placement.chunkId());
            sums.add(chunk == null ? null : chunk.vector(), 1);
        });
        return sums.sum().mean();
    }

    IndexSnapshot snapshot() {
        Map<DocumentKey, IndexSnapshot.Document> documentsNow = new HashMap<>();
        documents.values().stream()
                .map(Entry::value)
                .filter(Objects::nonNull)
                .forEach(entry -> documentsNow.put(
                        entry.key(),
                        new IndexSnapshot.Document(
                                entry.order().fence(),
                                entry.eventTime(),
                                entry.fields().title(),
                                entry.fields().uri(),
                                entry.fields().contentType(),
                                entry.fields().metadata(),
                                entry.fields().acl(),
                                entry.manifest().stream()
                                        .map(ChunkPlacement::chunkId)
                                        .toList())));
        Map<String, IndexSnapshot.Chunk> chunksNow = new HashMap<>();
        chunks().forEach(chunk -> chunksNow.put(
                chunk.id(),
                new IndexSnapshot.Chunk(
                        new DocumentKey(chunk.tenant(), chunk.documentId()),
                        chunk.text(),
                        chunk.fields().title(),
                        chunk.fields().uri(),
                        chunk.fields().metadata(),
                        chunk.fields().acl(),
                        chunk.vector() != null)));
        return new IndexSnapshot(documentsNow, chunksNow);
    }
}
