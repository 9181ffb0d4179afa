package dev.freshet.core.revision;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.text.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fold of a document's changes: the newest change by {@link ChangeOrder} decides what the index holds, in
 * whatever order and however often the changes arrive.
 */
public final class Fold {
    private final Chunker chunker;

    public Fold(Chunker chunker) {
        this.chunker = chunker;
    }

    /** Judges a change against what is remembered of its document; null when nothing is. */
    public Decision decide(@Nullable DocumentState state, DocumentChange change) {
        int age = state == null ? 1 : change.order().compareTo(state.order());
        if (age < 0) {
            return new Decision.Superseded();
        }
        if (change.operation() == Operation.DELETE) {
            return decideDelete(state, change, age);
        }
        return decideUpsert(state, change, age);
    }

    private static Decision decideDelete(@Nullable DocumentState state, DocumentChange change, int age) {
        if (state != null && state.deleted()) {
            return new Decision.Unchanged(state.at(change.order()));
        }
        if (age == 0) {
            return conflict(change);
        }
        DocumentState tombstone = DocumentState.tombstone(change.order());
        return new Decision.Accepted(revision(change, Outcome.APPLIED, true, List.of(), List.of()), tombstone);
    }

    private Decision decideUpsert(@Nullable DocumentState state, DocumentChange change, int age) {
        DocumentFields fields = Objects.requireNonNull(change.fields(), "an upsert has fields");
        String text = Objects.requireNonNull(change.text(), "an upsert has a text");
        String contentHash = contentHash(fields, text);
        String fieldsHash = fieldsHash(fields);
        DocumentState live = state == null || state.deleted() ? null : state;
        boolean sameContent = live != null && live.contentHash().equals(contentHash);
        boolean sameFields = live != null && live.fieldsHash().equals(fieldsHash);
        if (age == 0 && !(sameContent && sameFields)) {
            return conflict(change);
        }
        boolean same =
                live != null && sameContent && sameFields && live.chunker().equals(chunker.identity());
        if (age == 0 && live != null && same) {
            return new Decision.Unchanged(live);
        }
        Set<String> before = live == null ? Set.of() : live.chunkHashSet();
        return accept(change, fields, text, before, contentHash, fieldsHash, same, sameFields);
    }

    private Decision accept(
            DocumentChange change,
            DocumentFields fields,
            String text,
            Set<String> before,
            String contentHash,
            String fieldsHash,
            boolean same,
            boolean sameFields) {
        List<ChunkPlacement> manifest = new ArrayList<>();
        Map<String, NewChunk> added = new LinkedHashMap<>();
        Map<String, Integer> occurrences = new HashMap<>();
        for (TextChunk chunk : chunker.chunk(fields.contentType(), text)) {
            String hash = chunkHash(fields.title(), chunk);
            int occurrence = occurrences.merge(hash, 1, Integer::sum) - 1;
            manifest.add(new ChunkPlacement(chunkId(change.key(), hash, occurrence), hash, chunk.start(), chunk.end()));
            if (!before.contains(hash)) {
                added.putIfAbsent(
                        hash, new NewChunk(hash, fields.title(), chunk.headingPath(), chunk.text(), chunk.tokens()));
            }
        }
        ChangeOrder order = change.order();
        DocumentState next = new DocumentState(
                order.epoch(),
                order.version(),
                false,
                contentHash,
                fieldsHash,
                chunker.identity(),
                manifest.size(),
                List.copyOf(occurrences.keySet()));
        Outcome outcome = same ? Outcome.UNCHANGED : Outcome.APPLIED;
        return new Decision.Accepted(
                revision(change, outcome, !sameFields, manifest, List.copyOf(added.values())), next);
    }

    private static Revision revision(
            DocumentChange change,
            Outcome outcome,
            boolean fieldsChanged,
            List<ChunkPlacement> manifest,
            List<NewChunk> added) {
        return new Revision(
                change.tenant(),
                change.documentId(),
                change.operation(),
                change.epoch(),
                change.version(),
                change.order().fence(),
                outcome,
                change.eventTime(),
                change.fields(),
                fieldsChanged,
                manifest,
                added,
                change.derived(),
                change.position());
    }

    private static Decision conflict(DocumentChange change) {
        return new Decision.Conflicting(
                "version %d of epoch %d was accepted before with other content; send the change with a higher version"
                        .formatted(change.version(), change.epoch()));
    }

    /** Of all that decides the chunks and their texts. */
    private static String contentHash(DocumentFields fields, String text) {
        return ContentHash.begin()
                .add(fields.title())
                .add(fields.contentType())
                .add(text)
                .end();
    }

    private static String fieldsHash(DocumentFields fields) {
        return ContentHash.begin()
                .add(fields.title())
                .add(fields.uri())
                .add(fields.contentType())
                .add(fields.metadata())
                .add(fields.acl(), fields.acl().size())
                .end();
    }

    /** Of the exact text that is embedded, in parts, so that equal hashes also mean equal titles and heading paths. */
    private static String chunkHash(@Nullable String title, TextChunk chunk) {
        return ContentHash.begin()
                .add(title)
                .add(chunk.headingPath(), chunk.headingPath().size())
                .add(chunk.text())
                .end();
    }

    /** The identity of a chunk in the index; an equal chunk of the same document differs in its occurrence, counted from 0. */
    public static String chunkId(DocumentKey key, String chunkHash, int occurrence) {
        return ContentHash.begin()
                .add(key.tenant())
                .add(key.id())
                .add(chunkHash)
                .add(Integer.toString(occurrence))
                .end();
    }
}
