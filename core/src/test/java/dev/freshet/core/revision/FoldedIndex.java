package dev.freshet.core.revision;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.InMemoryIndex;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.oracle.IndexSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The job in small: folds changes as they arrive, and lets an index that keeps fences follow the revisions. */
public final class FoldedIndex {
    private final Fold fold;
    private final Map<DocumentKey, DocumentState> states = new HashMap<>();
    private final Map<DocumentKey, Revision> live = new HashMap<>();
    private final Map<String, NewChunk> texts = new HashMap<>();
    private final InMemoryIndex index = new InMemoryIndex();

    public FoldedIndex(Chunker chunker) {
        fold = new Fold(chunker);
    }

    /** Judges a change, and follows it where it is accepted. */
    public Decision accept(DocumentChange change) {
        Decision decision = fold.decide(states.get(change.key()), change);
        switch (decision) {
            case Decision.Accepted(Revision revision, DocumentState next) -> {
                states.put(change.key(), next);
                follow(revision);
            }
            case Decision.Unchanged(DocumentState next) -> states.put(change.key(), next);
            case Decision.Superseded superseded -> {}
            case Decision.Conflicting conflicting -> {}
            case Decision.Refused refused -> {}
        }
        return decision;
    }

    private void follow(Revision revision) {
        revision.added().forEach(chunk -> texts.put(chunk.chunkHash(), chunk));
        Revision before = live.get(revision.key());
        Map<String, ChunkPlacement> placed = before == null ? Map.of() : byId(before);
        if (revision.isOfDeleted()) {
            live.remove(revision.key());
            write(
                    revision,
                    placed.keySet(),
                    List.of(),
                    new IndexWrite.DeleteDocument(revision.key(), revision.fence()));
            return;
        }
        Revision whole = revision.operation() == Operation.PATCH
                ? revision.over(
                        Objects.requireNonNull(Objects.requireNonNull(before).fields()),
                        before.manifest(),
                        before.eventTime())
                : revision;
        live.put(whole.key(), whole);
        Set<String> removed = placed.keySet().stream()
                .filter(id -> !byId(whole).containsKey(id))
                .collect(Collectors.toSet());
        List<ChunkPlacement> written = whole.manifest().stream()
                .filter(placement -> whole.fieldsChanged() || !placed.containsKey(placement.chunkId()))
                .toList();
        write(
                whole,
                removed,
                written,
                new IndexWrite.PutDocument(new DocumentEntry(
                        whole.key(),
                        ChangeOrder.ofFence(whole.fence()),
                        Objects.requireNonNull(whole.fields()),
                        whole.eventTime(),
                        whole.manifest())));
    }

    private void write(Revision whole, Set<String> removed, List<ChunkPlacement> written, IndexWrite document) {
        List<IndexWrite> writes = new ArrayList<>();
        written.forEach(placement -> writes.add(new IndexWrite.PutChunk(chunk(whole, placement))));
        removed.forEach(id -> writes.add(new IndexWrite.DeleteChunk(id, whole.fence())));
        writes.add(document);
        index.write(writes).join();
    }

    private ChunkDocument chunk(Revision whole, ChunkPlacement placement) {
        NewChunk text = Objects.requireNonNull(texts.get(placement.chunkHash()));
        return new ChunkDocument(
                placement.chunkId(),
                whole.fence(),
                whole.tenant(),
                whole.documentId(),
                text.headingPath(),
                text.text(),
                text.tokens(),
                text.metadata(),
                Objects.requireNonNull(whole.fields()),
                whole.eventTime(),
                IndexWrites.vectorAt(0));
    }

    private static Map<String, ChunkPlacement> byId(Revision revision) {
        return revision.manifest().stream().collect(Collectors.toMap(ChunkPlacement::chunkId, placement -> placement));
    }

    /** What the index holds now. */
    public IndexSnapshot snapshot() {
        return index.snapshot();
    }
}
