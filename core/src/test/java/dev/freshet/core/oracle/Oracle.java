package dev.freshet.core.oracle;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds a log in the most obvious way, without the job's fold, state or identities, and compares the result with
 * an index: all changes of a document are kept, put into their order at the end and gone through one by one.
 */
public final class Oracle {
    // A delete by filter comes before other changes of its order: it is about what is older.
    private static final Comparator<DocumentChange> BY_ORDER = Comparator.comparing(DocumentChange::order)
            .thenComparing(change -> change.operation() != Operation.DELETE_BY_FILTER);

    private final Function<RawRecord, EnvelopeOutcome> envelope;
    private final Chunker chunker;
    private final int mostChunks;
    private final Map<DocumentKey, List<DocumentChange>> changes = new HashMap<>();
    private final Map<String, List<DocumentChange>> filtersOfTenants = new HashMap<>();
    private int records;
    private int refused;

    /**
     * For logs without documents of too many chunks.
     *
     * @param chunker as the job uses it: the texts of the chunks are compared one by one
     * @param largestRecord as the job uses it, in bytes
     */
    public Oracle(Chunker chunker, int largestRecord) {
        this(chunker, largestRecord, Integer.MAX_VALUE);
    }

    /** @param mostChunks as the job uses it: an upsert of more is as if it had never been sent */
    public Oracle(Chunker chunker, int largestRecord, int mostChunks) {
        this.chunker = chunker;
        this.mostChunks = mostChunks;
        this.envelope = new ChangeReader(largestRecord)::read;
    }

    /** Takes in the next record of the log. */
    public void read(RawRecord record) {
        records++;
        switch (envelope.apply(record)) {
            case EnvelopeOutcome.Understood(DocumentChange change, int ignored) -> read(change);
            case EnvelopeOutcome.Refused ignored -> refused++;
        }
    }

    /** Takes in the next change of the log. */
    public void read(DocumentChange change) {
        if (change.operation() == Operation.DELETE_BY_FILTER) {
            filtersOfTenants
                    .computeIfAbsent(change.tenant(), ignored -> new ArrayList<>())
                    .add(change);
            return;
        }
        List<DocumentChange> earlier = changes.computeIfAbsent(change.key(), ignored -> new ArrayList<>());
        // Of two changes that contradict each other the first one stands.
        if (!hasTooManyChunks(change) && earlier.stream().noneMatch(other -> contradict(other, change))) {
            earlier.add(change);
        }
    }

    private boolean hasTooManyChunks(DocumentChange change) {
        return change.operation() == Operation.UPSERT
                && Objects.requireNonNull(change.text()).length() > mostChunks
                && chunks(change).size() > mostChunks;
    }

    private static boolean contradict(DocumentChange one, DocumentChange other) {
        if (!one.order().equals(other.order())) {
            return false;
        }
        FieldsPatch a = one.patch();
        FieldsPatch b = other.patch();
        return a == null || b == null || differ(a.metadata(), b.metadata()) || differ(a.acl(), b.acl());
    }

    private static boolean differ(@Nullable Object one, @Nullable Object other) {
        return one != null && other != null && !one.equals(other);
    }

    /** Records of the log. */
    public int records() {
        return records;
    }

    /** Records that are no changes: each must be a dead letter, whatever came before it. */
    public int refused() {
        return refused;
    }

    public long liveDocuments() {
        return changes.keySet().stream().filter(key -> fold(key) != null).count();
    }

    /** The document as its changes leave it; null when it must not be in the index. */
    private @Nullable FoldedDocument fold(DocumentKey key) {
        List<DocumentChange> log = new ArrayList<>(changes.getOrDefault(key, List.of()));
        log.addAll(filtersOfTenants.getOrDefault(key.tenant(), List.of()));
        log.sort(BY_ORDER);
        FoldedDocument document = null;
        for (DocumentChange change : log) {
            document = switch (change.operation()) {
                case UPSERT -> FoldedDocument.of(change);
                case PATCH -> document == null ? null : document.patched(change);
                case DELETE -> null;
                case DELETE_BY_FILTER ->
                    document != null && document.matches(Objects.requireNonNull(change.filter())) ? null : document;
            };
        }
        return document;
    }

    /** Every difference between the fold of the log and the index, in words; empty when they are equal. */
    public List<String> differences(IndexSnapshot index) {
        List<String> differences = new ArrayList<>();
        Set<String> expectedChunks = new TreeSet<>();
        for (DocumentKey key : changes.keySet()) {
            FoldedDocument expected = fold(key);
            IndexSnapshot.Document document = index.documents().get(key);
            if (expected == null) {
                check(document == null, key, "was deleted but is in the index", differences);
                continue;
            }
            if (document == null) {
                differences.add(key.path() + " is missing");
                continue;
            }
            expectedChunks.addAll(document.chunkIds());
            compare(key, expected, document, differences);
            compareChunks(key, expected, document, index, differences);
        }
        index.documents().keySet().stream()
                .filter(key -> !changes.containsKey(key))
                .forEach(key -> differences.add(key.path() + " is in the index but was never in the log"));
        index.chunks()
                .forEach((id, chunk) -> check(
                        expectedChunks.contains(id),
                        chunk.document(),
                        "has a chunk that its manifest does not name: " + id,
                        differences));
        return differences;
    }

    private static void compare(
            DocumentKey key, FoldedDocument expected, IndexSnapshot.Document document, List<String> differences) {
        DocumentFields fields = expected.fields();
        check(
                document.fence() == expected.order().fence(),
                key,
                "has another version than the newest change",
                differences);
        check(document.eventTime().equals(expected.upsert().eventTime()), key, "has another event time", differences);
        check(Objects.equals(document.title(), fields.title()), key, "has another title", differences);
        check(Objects.equals(document.uri(), fields.uri()), key, "has another URI", differences);
        check(document.contentType().equals(fields.contentType()), key, "has another content type", differences);
        check(document.metadata().equals(fields.metadata()), key, "has other metadata", differences);
        check(document.acl().equals(fields.acl()), key, "has another ACL", differences);
    }

    private void compareChunks(
            DocumentKey key,
            FoldedDocument expected,
            IndexSnapshot.Document document,
            IndexSnapshot index,
            List<String> differences) {
        DocumentFields fields = expected.fields();
        List<@Nullable String> found = new ArrayList<>();
        for (String id : document.chunkIds()) {
            IndexSnapshot.Chunk chunk = index.chunks().get(id);
            if (chunk == null) {
                differences.add(key.path() + " misses a chunk of its manifest: " + id);
                continue;
            }
            found.add(chunk.text());
            check(chunk.document().equals(key), key, "has a chunk of another document: " + id, differences);
            boolean sameNames =
                    Objects.equals(chunk.title(), fields.title()) && Objects.equals(chunk.uri(), fields.uri());
            check(sameNames, key, "has a chunk with another title or URI: " + id, differences);
            boolean sameMetadata = chunk.metadata().equals(fields.metadata());
            check(sameMetadata, key, "has a chunk with other metadata: " + id, differences);
            check(chunk.acl().equals(fields.acl()), key, "has a chunk with another ACL: " + id, differences);
            check(chunk.hasVector(), key, "has a chunk without vector: " + id, differences);
        }
        List<String> texts =
                chunks(expected.upsert()).stream().map(TextChunk::text).toList();
        check(found.equals(texts), key, "has other chunks than its newest text", differences);
        check(
                Set.copyOf(document.chunkIds()).size() == document.chunkIds().size(),
                key,
                "names a chunk twice",
                differences);
    }

    private List<TextChunk> chunks(DocumentChange upsert) {
        return chunker.chunk(
                Objects.requireNonNull(upsert.fields()).contentType(), Objects.requireNonNull(upsert.text()));
    }

    private static void check(boolean right, DocumentKey key, String difference, List<String> differences) {
        if (!right) {
            differences.add(key.path() + " " + difference);
        }
    }
}
