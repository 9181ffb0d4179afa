package dev.freshet.core.verify;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.core.revision.Decision;
import dev.freshet.core.revision.Fold;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.core.search.StoredDocument.Passage;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An index as the job would make it, for tests that break it on purpose. */
final class MadeIndex {
    static final Chunker CHUNKER =
            new ContentDefinedChunker(text -> text.split("\\s+", -1).length, new ChunkSize(5, 20));
    static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private final Fold fold = new Fold(CHUNKER);
    private final Map<DocumentKey, IndexedDocument> documents = new LinkedHashMap<>();
    private final Map<String, IndexedChunk> chunks = new LinkedHashMap<>();

    /** Writes a document and its chunks. */
    void put(DocumentKey key, long fence, DocumentFields fields, String text) {
        RawRecord raw = new RawRecord(new SourcePosition("documents", 0, 0), 0, new byte[0], new byte[0], List.of());
        DocumentChange change = DocumentChange.upsert(key, ChangeOrder.ofFence(fence), TIME, fields, text, raw);
        Decision decision = fold.decide(null, change);
        Revision revision = ((Decision.Accepted) decision).revision();
        Map<String, NewChunk> byHash =
                revision.added().stream().collect(Collectors.toMap(NewChunk::chunkHash, Function.identity()));
        documents.put(
                key,
                new IndexedDocument(
                        key,
                        fence,
                        fields,
                        revision.manifest().stream().map(MadeIndex::passage).toList()));
        for (ChunkPlacement placement : revision.manifest()) {
            NewChunk chunk = Objects.requireNonNull(byHash.get(placement.chunkHash()));
            put(new IndexedChunk(placement.chunkId(), key, fence, fields, chunk.headingPath(), chunk.text()));
        }
    }

    private static Passage passage(ChunkPlacement placement) {
        return new Passage(placement.chunkId(), placement.start(), placement.end());
    }

    void put(IndexedChunk chunk) {
        chunks.put(chunk.id(), chunk);
    }

    void put(IndexedDocument document) {
        documents.put(document.key(), document);
    }

    void remove(DocumentKey key) {
        documents.remove(key);
    }

    void removeChunk(String id) {
        chunks.remove(id);
    }

    void change(DocumentKey key, UnaryOperator<IndexedDocument> change) {
        documents.compute(key, (same, document) -> change.apply(Objects.requireNonNull(document)));
    }

    IndexedDocument document(DocumentKey key) {
        return Objects.requireNonNull(documents.get(key));
    }

    /** The chunk that stands at a place in the text, counted from 0. */
    IndexedChunk chunk(DocumentKey key, int place) {
        return Objects.requireNonNull(
                chunks.get(document(key).manifest().get(place).chunkId()));
    }

    /** Lets a verification see all of it. */
    void scan(Verification verification, @Nullable IndexedChunk withoutVector) throws IOException {
        verification.beginIndex();
        for (IndexedDocument document : documents.values()) {
            verification.indexed(document);
        }
        for (IndexedChunk chunk : chunks.values()) {
            verification.indexed(chunk);
        }
        if (withoutVector != null) {
            verification.withoutVector(withoutVector.document(), withoutVector.id());
        }
    }
}
