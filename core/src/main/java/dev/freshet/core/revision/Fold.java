package dev.freshet.core.revision;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.extract.LanguageDetector;
import dev.freshet.core.revision.Registers.Standing;
import dev.freshet.core.text.ContentHash;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fold of a document's changes: the newest full change, with what newer patches say laid over it, decides what the index holds,
 * in whatever order and however often the changes arrive. "Newer" is by {@link dev.freshet.core.document.ChangeOrder}.
 */
public final class Fold {
    /** Chunks that a document may have unless the operator says otherwise. */
    public static final int MOST_CHUNKS = 10_000;

    private final Chunker chunker;
    private final LanguageDetector languages;
    private final int mostChunks;

    public Fold(Chunker chunker) {
        this(chunker, MOST_CHUNKS);
    }

    /** @param mostChunks a text of more is refused */
    public Fold(Chunker chunker, int mostChunks) {
        this(chunker, LanguageDetector.NONE, mostChunks);
    }

    /**
     * @param languages asked once for every text that a document did not have before
     * @param mostChunks as above
     */
    public Fold(Chunker chunker, LanguageDetector languages, int mostChunks) {
        this.chunker = chunker;
        this.languages = languages;
        this.mostChunks = mostChunks;
    }

    /**
     * Judges a change of one document against what is remembered of it.
     *
     * @param remembered null when nothing is
     */
    public Decision decide(@Nullable DocumentState remembered, DocumentChange change) {
        DocumentState state = remembered == null ? DocumentState.UNKNOWN : remembered;
        int place = state.comparePlace(change);
        if (place < 0) {
            return new Decision.Superseded();
        }
        return switch (change.operation()) {
            case UPSERT -> decideUpsert(state, change, place == 0);
            case PATCH -> decidePatch(state, change, place == 0);
            case DELETE -> decideDelete(state, change, place == 0);
            case DELETE_BY_FILTER ->
                throw new IllegalArgumentException("a delete by filter is about no single document");
        };
    }

    /**
     * What may be left in the index of an upsert that is superseded, or refused because it claims the place of another: its chunks, if an
     * attempt of the job that ended in a crash had accepted it, because what is before it now came later then. The next stage removes those
     * that the document does not have.
     *
     * @param refused whether the upsert was refused, so that the revision is not what becomes of its record
     * @return empty where the upsert can never have been accepted
     */
    public Optional<Revision> leftovers(DocumentState state, DocumentChange upsert, boolean refused) {
        DocumentFields fields = upsert.fields();
        if (upsert.operation() != Operation.UPSERT || fields == null || upsert.text() == null) {
            return Optional.empty();
        }
        List<TextChunk> chunks = chunker.chunk(fields.contentType(), upsert.text());
        if (chunks.size() > mostChunks) {
            return Optional.empty();
        }
        List<ChunkPlacement> manifest =
                ChunkedText.of(upsert.key(), fields.title(), chunks, Set.of()).manifest();
        ChunkedText nothingNew = new ChunkedText(manifest, List.of(), List.of());
        return Optional.of(revision(upsert, state, Outcome.SUPERSEDED, null, null, false, nothingNew, refused));
    }

    private static Decision decideDelete(DocumentState state, DocumentChange change, boolean samePlace) {
        if (samePlace && state.deleted()) {
            return new Decision.Unchanged(state);
        }
        if (samePlace || contradictsAPatch(state, change)) {
            return conflict(change);
        }
        DocumentState tombstone = DocumentState.tombstone(change, registersAfter(state, change));
        if (state.deleted()) {
            return stillDeleted(state, change, tombstone);
        }
        Revision revision = revision(change, tombstone, Outcome.APPLIED, null, null, true, ChunkedText.NONE);
        return new Decision.Accepted(revision, tombstone);
    }

    private Decision decideUpsert(DocumentState state, DocumentChange change, boolean samePlace) {
        DocumentFields stated = Objects.requireNonNull(change.fields(), "an upsert has fields");
        String text = Objects.requireNonNull(change.text(), "an upsert has a text");
        String contentHash = contentHash(stated, text);
        String fieldsHash = fieldsHash(stated);
        boolean sameContent = state.live() && state.contentHash().equals(contentHash);
        boolean sameFields = state.live() && state.fieldsHash().equals(fieldsHash);
        boolean sameChunks = sameContent && state.chunker().equals(chunker.identity());
        if (samePlace ? !(sameContent && sameFields) : contradictsAPatch(state, change)) {
            return conflict(change);
        }
        String known = sameContent && state.fields() != null ? state.fields().language() : null;
        if (samePlace && sameChunks) {
            return new Decision.Unchanged(state.withFields(stated.withLanguage(known)));
        }
        DocumentFields fields = stated.withLanguage(known == null ? languages.detect(text) : known);
        List<TextChunk> chunks = chunker.chunk(fields.contentType(), text);
        if (chunks.size() > mostChunks) {
            return tooManyChunks(chunks.size());
        }
        ChunkedText chunked = ChunkedText.of(change.key(), fields.title(), chunks, state.chunkHashSet());
        DocumentState next = new DocumentState(
                change.epoch(),
                change.version(),
                false,
                contentHash,
                fieldsHash,
                chunker.identity(),
                chunks.size(),
                chunked.hashes(),
                false,
                false,
                fields,
                registersAfter(state, change));
        DocumentFields indexed = next.indexedFields();
        boolean fieldsChanged = !Objects.equals(indexed, state.indexedFields());
        Outcome outcome = sameChunks && !fieldsChanged ? Outcome.UNCHANGED : Outcome.APPLIED;
        return new Decision.Accepted(revision(change, next, outcome, indexed, null, fieldsChanged, chunked), next);
    }

    /** The index follows the fence of a deleted document too: else it would refuse to remove what was written under a higher one. */
    private static Decision stillDeleted(DocumentState state, DocumentChange change, DocumentState next) {
        return state.unknown() || next.fence() == state.fence()
                ? new Decision.Unchanged(next)
                : new Decision.Accepted(
                        revision(change, next, Outcome.UNCHANGED, null, null, false, ChunkedText.NONE), next);
    }

    private static Decision decidePatch(DocumentState state, DocumentChange change, boolean samePlace) {
        FieldsPatch patch = Objects.requireNonNull(change.patch(), "a patch says what it sets");
        Set<Standing> standings = state.registers().standings(patch, change.order());
        if (samePlace || standings.contains(Standing.CONTRADICTING)) {
            return conflict(change);
        }
        if (!standings.contains(Standing.NEWER)) {
            return standings.contains(Standing.EQUAL) ? new Decision.Unchanged(state) : new Decision.Superseded();
        }
        DocumentState next = state.withRegisters(state.registers().with(patch, change.order()));
        DocumentFields indexed = next.indexedFields();
        // State from before the fields were kept does not tell: then they are written in any case.
        boolean fieldsChanged = indexed == null || !indexed.equals(state.indexedFields());
        boolean sameInIndex = !fieldsChanged && next.fence() == state.fence();
        if (!state.live()) {
            return stillDeleted(state, change, next);
        }
        if (sameInIndex) {
            return new Decision.Unchanged(next);
        }
        Outcome outcome = fieldsChanged ? Outcome.APPLIED : Outcome.UNCHANGED;
        Revision revision =
                revision(change, next, outcome, null, next.registers().asPatch(), fieldsChanged, ChunkedText.NONE);
        return new Decision.Accepted(revision, next);
    }

    /** Whether a full change claims the order of a patch. A derived delete claims none: it stands before it. */
    private static boolean contradictsAPatch(DocumentState state, DocumentChange change) {
        return !change.derived() && state.registers().haveOneOf(change.order());
    }

    private static Registers registersAfter(DocumentState state, DocumentChange change) {
        long fence = change.order().fence();
        return state.registers().newerThan(change.derived() ? fence - 1 : fence);
    }

    private static Revision revision(
            DocumentChange change,
            DocumentState next,
            Outcome outcome,
            @Nullable DocumentFields fields,
            @Nullable FieldsPatch patch,
            boolean fieldsChanged,
            ChunkedText chunked) {
        return revision(change, next, outcome, fields, patch, fieldsChanged, chunked, false);
    }

    private static Revision revision(
            DocumentChange change,
            DocumentState next,
            Outcome outcome,
            @Nullable DocumentFields fields,
            @Nullable FieldsPatch patch,
            boolean fieldsChanged,
            ChunkedText chunked,
            boolean refused) {
        return new Revision(
                change.tenant(),
                change.documentId(),
                change.operation(),
                change.epoch(),
                change.version(),
                next.fence(),
                outcome,
                change.eventTime(),
                fields,
                patch,
                fieldsChanged,
                chunked.manifest(),
                chunked.added(),
                change.derived(),
                change.position(),
                refused,
                change.priority());
    }

    private static Decision conflict(DocumentChange change) {
        return new Decision.Conflicting(
                "version %d of epoch %d was accepted before with other content; send the change with a higher version"
                        .formatted(change.version(), change.epoch()));
    }

    private Decision tooManyChunks(int chunks) {
        return new Decision.Refused(
                "too_many_chunks",
                "the text has %d chunks; the limit is %d: split the document, or raise the limit"
                        .formatted(chunks, mostChunks));
    }

    /** Of all that decides the chunks and their texts; not of the language, which follows from the text. */
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
}
