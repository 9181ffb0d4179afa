package dev.freshet.core.verify;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.search.StoredDocument.Passage;
import dev.freshet.core.verify.Difference.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says how one document of the index, with its chunks, differs from what it must be. */
final class DocumentComparison {
    private final DocumentKey key;
    private final boolean unsettled;
    private final Consumer<Difference> differences;

    /** What the index has of a document; the document is null where it has only chunks, or nothing. */
    record Found(@Nullable DocumentRecord document, Map<String, ChunkRecord> chunks, Set<String> withoutVector) {}

    DocumentComparison(DocumentKey key, boolean unsettled, Consumer<Difference> differences) {
        this.key = key;
        this.unsettled = unsettled;
        this.differences = differences;
    }

    /** @param expected null where the document must not be there */
    void compare(@Nullable ExpectedDocument expected, Found found) {
        DocumentRecord document = found.document();
        Set<String> named = new HashSet<>();
        if (expected != null) {
            passages(expected).forEach(passage -> named.add(passage.chunkId()));
        }
        if (document != null) {
            document.manifest().forEach(passage -> named.add(passage.chunkId()));
        }
        if (expected != null && document != null) {
            compare(expected, document, found);
        } else if (expected != null) {
            differ(Kind.MISSING_DOCUMENT, "is missing");
        } else if (document != null) {
            differ(Kind.UNEXPECTED_DOCUMENT, "is in the index, but by the log it must not be there");
        }
        for (ChunkRecord chunk : found.chunks().values()) {
            if (!named.contains(chunk.id())) {
                differ(Kind.ORPHAN_CHUNK, "has a chunk that no document names", chunk);
            }
        }
    }

    private void compare(ExpectedDocument expected, DocumentRecord document, Found found) {
        if (document.fence() != expected.fence()) {
            String newer = document.fence() > expected.fence() ? ", which is newer than all of the log" : "";
            differ(
                    Kind.OTHER_VERSION,
                    "has %s in the index%s, but %s by the log"
                            .formatted(version(document.fence()), newer, version(expected.fence())));
        }
        boolean textKnown = expected.chunks() != null;
        List<String> fields = differences(expected.fields(), document.fields(), textKnown);
        if (!fields.isEmpty()) {
            differ(Kind.OTHER_FIELDS, "has other " + String.join(", ", fields));
        }
        List<Passage> passages = passages(expected);
        if (!textKnown) {
            passages = document.manifest();
        } else if (!document.manifest().equals(passages)) {
            differ(Kind.OTHER_MANIFEST, "names other chunks than its newest text has");
        }
        for (int i = 0; i < passages.size(); i++) {
            Long text =
                    textKnown ? Objects.requireNonNull(expected.chunks()).get(i).text() : null;
            compare(passages.get(i).chunkId(), text, expected.fields(), found);
        }
    }

    private void compare(String id, @Nullable Long text, FieldsPrint fields, Found found) {
        ChunkRecord chunk = found.chunks().get(id);
        if (chunk == null) {
            differences.accept(new Difference(Kind.MISSING_CHUNK, key, id, 0, "misses a chunk", unsettled));
            return;
        }
        if (text != null && text != chunk.text()) {
            differ(Kind.OTHER_TEXT, "has a chunk with other text or other headings", chunk);
        }
        List<String> others = differences(fields, chunk.fields(), text != null);
        if (!others.isEmpty()) {
            differ(Kind.OTHER_CHUNK_FIELDS, "has a chunk with other " + String.join(", ", others), chunk);
        }
        if (found.withoutVector().contains(id)) {
            differ(Kind.WITHOUT_VECTOR, "has a chunk without vector, found by its words only", chunk);
        }
    }

    private static List<String> differences(FieldsPrint expected, FieldsPrint found, boolean textKnown) {
        return textKnown ? expected.differences(found) : expected.differencesBesideText(found);
    }

    private static List<Passage> passages(ExpectedDocument expected) {
        return expected.chunks() == null
                ? List.of()
                : expected.chunks().stream().map(ExpectedChunk::passage).toList();
    }

    private static String version(long fence) {
        ChangeOrder order = ChangeOrder.ofFence(fence);
        return order.epoch() == 0
                ? "version " + order.version()
                : "version %d of epoch %d".formatted(order.version(), order.epoch());
    }

    private void differ(Kind kind, String words) {
        differences.accept(new Difference(kind, key, null, 0, words, unsettled));
    }

    private void differ(Kind kind, String words, ChunkRecord chunk) {
        differences.accept(new Difference(kind, key, chunk.id(), chunk.fence(), words, unsettled));
    }
}
