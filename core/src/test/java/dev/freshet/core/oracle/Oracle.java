package dev.freshet.core.oracle;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds a log in the most obvious way, without the job's fold, state or identities, and compares the result with
 * an index: per document the newest change wins, and what it says is what must be found.
 */
public final class Oracle {
    private final ChangeReader reader;
    private final Chunker chunker;
    private final Map<DocumentKey, DocumentChange> newest = new HashMap<>();
    private int records;
    private int refused;

    /**
     * @param chunker as the job uses it: the texts of the chunks are compared one by one
     * @param largestRecord as the job uses it, in bytes
     */
    public Oracle(Chunker chunker, int largestRecord) {
        this.chunker = chunker;
        this.reader = new ChangeReader(largestRecord);
    }

    /** Takes in the next record of the log. */
    public void read(RawRecord record) {
        records++;
        switch (reader.read(record)) {
            case EnvelopeOutcome.Understood(DocumentChange change, int ignored) ->
                // Of two changes with the same version the first one stands.
                newest.merge(change.key(), change, (old, next) -> next.order().compareTo(old.order()) > 0 ? next : old);
            case EnvelopeOutcome.Refused ignored -> refused++;
        }
    }

    public int records() {
        return records;
    }

    public int refused() {
        return refused;
    }

    public long liveDocuments() {
        return newest.values().stream()
                .filter(change -> change.operation() == Operation.UPSERT)
                .count();
    }

    /** Every difference between the fold of the log and the index, in words; empty when they are equal. */
    public List<String> differences(IndexSnapshot index) {
        List<String> differences = new ArrayList<>();
        Set<String> expectedChunks = new TreeSet<>();
        newest.forEach((key, change) -> {
            IndexSnapshot.Document document = index.documents().get(key);
            if (change.operation() == Operation.DELETE) {
                check(document == null, key, "was deleted but is in the index", differences);
                return;
            }
            if (document == null) {
                differences.add(key.path() + " is missing");
                return;
            }
            expectedChunks.addAll(document.chunkIds());
            compare(key, change, document, index, differences);
        });
        index.documents().keySet().stream()
                .filter(key -> !newest.containsKey(key))
                .forEach(key -> differences.add(key.path() + " is in the index but was never in the log"));
        index.chunks()
                .forEach((id, chunk) -> check(
                        expectedChunks.contains(id),
                        chunk.document(),
                        "has a chunk that its manifest does not name: " + id,
                        differences));
        return differences;
    }

    private void compare(
            DocumentKey key,
            DocumentChange change,
            IndexSnapshot.Document document,
            IndexSnapshot index,
            List<String> differences) {
        DocumentFields fields = Objects.requireNonNull(change.fields());
        check(
                document.fence() == change.order().fence(),
                key,
                "has another version than the newest change",
                differences);
        check(document.metadata().equals(fields.metadata()), key, "has other metadata", differences);
        check(document.acl().equals(fields.acl()), key, "has another ACL", differences);
        List<String> expected = chunker.chunk(fields.contentType(), Objects.requireNonNull(change.text())).stream()
                .map(TextChunk::text)
                .toList();
        List<@Nullable String> found = new ArrayList<>();
        for (String id : document.chunkIds()) {
            IndexSnapshot.Chunk chunk = index.chunks().get(id);
            if (chunk == null) {
                differences.add(key.path() + " misses a chunk of its manifest: " + id);
                continue;
            }
            found.add(chunk.text());
            check(chunk.document().equals(key), key, "has a chunk of another document: " + id, differences);
            check(
                    chunk.metadata().equals(fields.metadata()),
                    key,
                    "has a chunk with other metadata: " + id,
                    differences);
            check(chunk.acl().equals(fields.acl()), key, "has a chunk with another ACL: " + id, differences);
            check(chunk.hasVector(), key, "has a chunk without vector: " + id, differences);
        }
        check(found.equals(expected), key, "has other chunks than its newest text", differences);
        check(
                Set.copyOf(document.chunkIds()).size() == document.chunkIds().size(),
                key,
                "names a chunk twice",
                differences);
    }

    private static void check(boolean right, DocumentKey key, String difference, List<String> differences) {
        if (!right) {
            differences.add(key.path() + " " + difference);
        }
    }
}
