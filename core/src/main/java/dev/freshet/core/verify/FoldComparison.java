package dev.freshet.core.verify;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.verify.ChangeHistory.Folded;
import dev.freshet.core.verify.ChangeRecord.Content;
import dev.freshet.core.verify.Verification.Tally;
import dev.freshet.core.verify.Verification.Unsettled;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Folds and compares what lies in files, one part after the other; a part that is too large is spread over several first. */
final class FoldComparison {
    private static final int PARTS = 16;
    /** A part that is too large here is one document, or very few. */
    private static final int DEEPEST = 3;

    private final Chunker chunker;
    private final TenantFilters filters;
    private final TenantFilters filtersSince;
    private final Unsettled unsettled;
    private final Predicate<DocumentKey> wanted;
    private final Consumer<Difference> differences;
    private final PartSize size;
    private long documents;
    private long changedSince;
    private long textsElsewhere;
    private long largest;

    FoldComparison(
            Chunker chunker,
            TenantFilters filters,
            TenantFilters filtersSince,
            Unsettled unsettled,
            Predicate<DocumentKey> wanted,
            Consumer<Difference> differences,
            PartSize size) {
        this.chunker = chunker;
        this.filters = filters;
        this.filtersSince = filtersSince;
        this.unsettled = unsettled;
        this.wanted = wanted;
        this.differences = differences;
        this.size = size;
    }

    Tally run(Spill log, Spill marks, Spill index) throws IOException {
        compare(log, marks, index, 0);
        return new Tally(documents, changedSince, textsElsewhere);
    }

    /** Memory that the largest part took, about, in bytes. */
    long largestPart() {
        return largest;
    }

    private void compare(Spill log, Spill marks, Spill index, int level) throws IOException {
        for (int part = 0; part < log.count(); part++) {
            long cost = log.cost(part) + marks.cost(part) + index.cost(part);
            if (cost <= size.memory() || level == DEEPEST) {
                comparePart(part, log, marks, index);
                continue;
            }
            try (Spill logs = log.split(part, size.folder(), "log", PARTS);
                    Spill marked = marks.split(part, size.folder(), "marks", PARTS);
                    Spill found = index.split(part, size.folder(), "index", PARTS)) {
                compare(logs, marked, found, level + 1);
            }
        }
    }

    private void comparePart(int part, Spill log, Spill marks, Spill index) throws IOException {
        LoadedPart loaded = new LoadedPart(filters, unsettled);
        loaded.loadMarks(marks.file(part));
        loaded.loadLog(log.file(part));
        loaded.loadIndex(index.file(part));
        largest = Math.max(largest, loaded.bytes());
        try (ChangeContents contents = new ChangeContents(log.file(part))) {
            for (LoadedPart.Known known : loaded.documents()) {
                if (wanted.test(known.key())) {
                    compare(known, contents);
                }
            }
        }
    }

    private void compare(LoadedPart.Known known, ChangeContents contents) throws IOException {
        DocumentKey key = known.key();
        Folded folded = known.history().fold(key.id(), filters.of(key.tenant()), contents);
        if (known.changedSince() || filteredSince(key, folded, contents)) {
            changedSince++;
            return;
        }
        ExpectedDocument expected = folded == null ? null : expected(key, folded, contents);
        new DocumentComparison(key, known.unsettled() || filtersUnsettled(key), differences)
                .compare(expected, known.found());
    }

    private boolean filteredSince(DocumentKey key, @Nullable Folded folded, ChangeContents contents)
            throws IOException {
        for (TenantFilters.Rule rule : filtersSince.of(key.tenant())) {
            if (folded != null && rule.matches(key.id(), contents.read(folded).metadata())) {
                return true;
            }
        }
        return false;
    }

    private boolean filtersUnsettled(DocumentKey key) {
        return filters.of(key.tenant()).stream()
                .filter(rule -> rule.mayMatch(key.id()))
                .anyMatch(rule -> unsettled.test(
                        rule.position().partition(), rule.position().offset()));
    }

    private ExpectedDocument expected(DocumentKey key, Folded folded, ChangeContents contents) throws IOException {
        documents++;
        Content content = contents.content(folded);
        FieldsPrint fields = FieldsPrint.of(content.fields());
        if (content.text() == null) {
            textsElsewhere++;
            return new ExpectedDocument(folded.fence(), fields, null);
        }
        return new ExpectedDocument(
                folded.fence(), fields, ExpectedChunk.of(chunker, key, content.fields(), content.text()));
    }
}
