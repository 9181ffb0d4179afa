package dev.freshet.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.verify.Difference.Kind;
import dev.freshet.core.verify.Verification.Tally;
import dev.freshet.core.verify.Verification.Unsettled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final DocumentFields FIELDS = Log.fields("{\"team\":\"a\"}", "group:a");
    private static final String TEXT = """
            # Ferry

            The ferry leaves from the northern pier at nine.

            # Museum

            The museum opens at ten and closes when the last visitor is gone.
            """;
    private static final Unsettled SETTLED = (partition, offset) -> false;

    @TempDir
    private Path folder;

    private final Log log = new Log();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final MadeIndex index = new MadeIndex();
    private @Nullable IndexedChunk withoutVector;
    private Verification verification;
    private @Nullable Tally tally;

    @BeforeEach
    void open() throws IOException {
        verification = new Verification(folder, MadeIndex.CHUNKER, 1 << 20, 4);
    }

    @AfterEach
    void close() throws IOException {
        verification.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("temporary files").isEmpty();
        }
    }

    @Test
    void anIndexThatFollowsTheLogHasNoDifference() throws IOException {
        log.upsert("a", 1, FIELDS, "An older text.");
        log.upsert("a", 3, FIELDS, TEXT);
        log.upsert("a", 2, FIELDS, "A text that came late.");
        log.upsert("b", 1, FIELDS, "Said twice. ".repeat(40));
        log.upsert("c", 1, FIELDS, TEXT);
        log.delete("c", 2);
        index.put(Log.key("a"), 3, FIELDS, TEXT);
        index.put(Log.key("b"), 1, FIELDS, "Said twice. ".repeat(40));

        assertThat(differences()).isEmpty();
        assertThat(tally).isEqualTo(new Tally(2, 0, 0));
    }

    @Test
    void everyKindOfDamageIsFoundOnceAndSaysWhere() throws IOException {
        for (String id : List.of("gone", "version", "fields", "manifest", "chunk", "text", "acl", "fine")) {
            log.upsert(id, 5, FIELDS, TEXT);
            index.put(Log.key(id), 5, FIELDS, TEXT);
        }
        log.upsert("deleted", 1, FIELDS, TEXT);
        log.delete("deleted", 2);
        index.put(Log.key("deleted"), 1, FIELDS, TEXT);
        index.put(Log.key("never"), 1, FIELDS, TEXT);
        index.remove(Log.key("gone"));
        index.change(Log.key("version"), found -> new IndexedDocument(found.key(), 4, FIELDS, found.manifest()));
        index.change(
                Log.key("fields"),
                found -> new IndexedDocument(found.key(), 5, Log.fields("{}", "group:a"), found.manifest()));
        index.change(
                Log.key("manifest"),
                found -> new IndexedDocument(
                        found.key(), 5, FIELDS, found.manifest().reversed()));
        IndexedChunk missing = index.chunk(Log.key("chunk"), 0);
        index.removeChunk(missing.id());
        IndexedChunk text = index.chunk(Log.key("text"), 1);
        index.put(new IndexedChunk(text.id(), text.document(), 5, FIELDS, text.headingPath(), "Other words."));
        IndexedChunk acl = index.chunk(Log.key("acl"), 0);
        index.put(new IndexedChunk(
                acl.id(), acl.document(), 5, Log.fields("{\"team\":\"a\"}", "*"), acl.headingPath(), acl.text()));
        index.put(new IndexedChunk("stray", Log.key("fine"), 7, FIELDS, List.of(), "Nobody names it."));
        withoutVector = index.chunk(Log.key("fine"), 0);

        List<Difference> found = differences();

        assertThat(found)
                .extracting(Difference::line)
                .containsExactlyInAnyOrder(
                        "acme/gone is missing",
                        "acme/version has version 4 in the index, but version 5 by the log",
                        "acme/fields has other metadata",
                        "acme/manifest names other chunks than its newest text has",
                        "acme/chunk misses a chunk: " + missing.id(),
                        "acme/text has a chunk with other text or other headings: " + text.id(),
                        "acme/acl has a chunk with other ACL: " + acl.id(),
                        "acme/deleted is in the index, but by the log it must not be there",
                        "acme/never is in the index, but by the log it must not be there",
                        "acme/fine has a chunk that no document names: stray",
                        "acme/fine has a chunk without vector, found by its words only: " + withoutVector.id());
        assertThat(found)
                .filteredOn(Difference::warning)
                .extracting(Difference::kind)
                .containsExactly(Kind.WITHOUT_VECTOR);
        assertThat(found)
                .filteredOn(difference -> difference.kind() == Kind.ORPHAN_CHUNK)
                .extracting(Difference::chunkFence)
                .containsExactly(7L);
    }

    @Test
    void chunksOfADocumentThatIsGoneAreOrphans() throws IOException {
        log.upsert("a", 1, FIELDS, "One short text.");
        log.delete("a", 2);
        index.put(Log.key("a"), 1, FIELDS, "One short text.");
        index.remove(Log.key("a"));

        assertThat(differences()).extracting(Difference::kind).containsExactly(Kind.ORPHAN_CHUNK);
    }

    @Test
    void aVersionThatTheLogDoesNotHaveIsSaidToBeNewer() throws IOException {
        log.upsert("a", 1, FIELDS, TEXT);
        index.put(Log.key("a"), new ChangeOrder(1, 3).fence(), FIELDS, TEXT);

        assertThat(differences())
                .extracting(Difference::line)
                .containsExactly(
                        "acme/a has version 3 of epoch 1 in the index, which is newer than all of the log, but version 1 by the log");
    }

    @Test
    void ofTwoChangesWithOneVersionTheFirstStands() throws IOException {
        log.upsert("a", 1, FIELDS, TEXT);
        log.upsert("a", 1, FIELDS, "Another text.");
        log.delete("a", 1);
        log.patch("a", 1, "{}", null);
        index.put(Log.key("a"), 1, FIELDS, TEXT);

        assertThat(differences()).isEmpty();
    }

    @Test
    void ofTwoPatchesWithOneVersionTheSecondCountsAsAWholeOrNotAtAll() throws IOException {
        log.upsert("a", 1, FIELDS, TEXT);
        log.patch("a", 2, "{\"team\":\"b\"}", null);
        log.patch("a", 2, "{\"team\":\"c\"}", List.of("group:c"));
        log.upsert("b", 1, FIELDS, TEXT);
        log.patch("b", 2, "{\"team\":\"b\"}", null);
        log.patch("b", 2, "{\"team\":\"b\"}", List.of("group:b"));
        index.put(Log.key("a"), 2, Log.fields("{\"team\":\"b\"}", "group:a"), TEXT);
        index.put(Log.key("b"), 2, Log.fields("{\"team\":\"b\"}", "group:b"), TEXT);

        assertThat(differences()).isEmpty();
    }

    @Test
    void aChangeThatTheJobGaveUpDoesNotCount() throws IOException {
        log.upsert("a", 1, FIELDS, TEXT);
        DocumentChange discarded = log.delete("a", 2);
        log.upsert("b", 1, FIELDS, TEXT);
        DocumentChange discardedFilter = log.deleteByFilter(2, List.of(), "b");
        index.put(Log.key("a"), 1, FIELDS, TEXT);
        index.put(Log.key("b"), 1, FIELDS, TEXT);
        for (DocumentChange change : List.of(discarded, discardedFilter)) {
            letters.add(DeadLetter.ofRecord(
                    change.raw(), change.key(), "guard", "discarded", "held back and discarded", MadeIndex.TIME));
        }

        assertThat(differences()).isEmpty();
    }

    @Test
    void documentsThatChangedAfterTheEndOfTheLogAreLeftOut() throws IOException {
        log.upsert("a", 1, FIELDS, TEXT);
        log.upsert("by-filter", 1, FIELDS, TEXT);
        log.upsert("b", 1, FIELDS, TEXT);
        index.put(Log.key("a"), 2, FIELDS, "A newer text.");
        verification.changedSince(new Log().upsert("a", 2, FIELDS, "A newer text."));
        verification.changedSince(new Log().deleteByFilter(2, List.of("team=a"), "by-"));

        assertThat(differences()).extracting(Difference::line).containsExactly("acme/b is missing");
        assertThat(tally).isEqualTo(new Tally(1, 2, 0));
    }

    @Test
    void aDifferenceThatMayBeOnItsWaySaysSo() throws IOException {
        log.upsert("a", 1, FIELDS, TEXT);
        log.upsert("b", 1, FIELDS, TEXT);

        assertThat(differences((partition, offset) -> offset == 1))
                .extracting(Difference::line)
                .containsExactlyInAnyOrder(
                        "acme/a is missing", "acme/b is missing (a change of it has no outcome yet)");
    }

    @Test
    void whereTheTextLiesElsewhereOnlyItIsNotCompared() throws IOException {
        ContentReference reference = new ContentReference("file:/a.txt", null);
        log.added(DocumentChange.upsert(Log.key("a"), Log.order(1), MadeIndex.TIME, FIELDS, reference, log.raw()));
        index.put(Log.key("a"), 1, FIELDS, TEXT);
        assertThat(differences()).isEmpty();
        assertThat(tally).isEqualTo(new Tally(1, 0, 1));

        String missing = index.chunk(Log.key("a"), 0).id();
        index.removeChunk(missing);
        assertThat(differences()).extracting(Difference::chunkId).containsExactly(missing);
    }

    @Test
    void ofExtractedTextTheTypeAndTheTitleAreNotKnownUnlessStated() throws IOException {
        DocumentFields untitled = new DocumentFields(null, null, "application/pdf", "{}", List.of("*"));
        DocumentFields titled = new DocumentFields("Stated", null, "application/pdf", "{}", List.of("*"));
        byte[] content = {1, 2, 3};
        log.added(DocumentChange.upsert(Log.key("a"), Log.order(1), MadeIndex.TIME, untitled, content, log.raw()));
        log.added(DocumentChange.upsert(Log.key("b"), Log.order(1), MadeIndex.TIME, titled, content, log.raw()));
        DocumentFields extracted = untitled.withTitleIfNone("Found").withContentType("text/markdown");
        index.put(Log.key("a"), 1, extracted, TEXT);
        index.put(Log.key("b"), 1, extracted, TEXT);

        assertThat(differences())
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(difference.document()).isEqualTo(Log.key("b")))
                .extracting(Difference::words)
                .contains("has other title");
        assertThat(tally).isEqualTo(new Tally(2, 0, 2));
    }

    @Test
    void theIndexCanBeLookedAtAgainForSomeDocuments() throws IOException {
        log.upsert("a", 1, FIELDS, TEXT);
        log.upsert("b", 1, FIELDS, TEXT);
        assertThat(differences()).hasSize(2);

        index.put(Log.key("a"), 1, FIELDS, TEXT);
        index.scan(verification, null);
        List<Difference> again = new ArrayList<>();
        verification.compare(SETTLED, Log.key("a")::equals, again::add);
        assertThat(again).isEmpty();
        verification.compare(SETTLED, key -> true, again::add);
        assertThat(again).extracting(Difference::document).containsExactly(Log.key("b"));
    }

    /** Twice the memory would do for the documents of a file at first; a tenth of it must. */
    @Test
    void manyChangesAreComparedWithoutMoreMemoryThanAllowed() throws IOException {
        int documents = 20_000;
        int changes = 200_000;
        long memory = 2 << 20;
        try (Verification large = new Verification(folder, MadeIndex.CHUNKER, memory, 4)) {
            for (int i = 0; i < changes; i++) {
                String id = "doc-" + i % documents;
                large.change(DocumentChange.upsert(
                        Log.key(id), Log.order(i), MadeIndex.TIME, FIELDS, "Text number " + i, log.raw()));
            }
            large.beginIndex();
            MadeIndex all = new MadeIndex();
            for (int i = changes - documents; i < changes; i++) {
                DocumentKey key = Log.key("doc-" + i % documents);
                all.put(key, i, FIELDS, i == changes - 7 ? "Something else" : "Text number " + i);
            }
            all.scan(large, null);
            List<Difference> found = new ArrayList<>();

            Tally compared = large.compare(SETTLED, key -> true, found::add);

            assertThat(found)
                    .extracting(Difference::document)
                    .containsOnly(Log.key("doc-" + (changes - 7) % documents))
                    .hasSizeBetween(1, 3);
            assertThat(compared.documents()).isEqualTo(documents);
            assertThat(large.largestPart()).isBetween(memory / 100, memory);
        }
    }

    @Test
    void aDocumentWithEndlessPatchesStaysSmall() throws IOException {
        log.upsert("a", 0, FIELDS, TEXT);
        for (int i = 1; i <= 20_000; i++) {
            log.patch("a", i, "{\"n\":" + i + "}", i == 3 ? List.of("group:b") : null);
        }
        // At that time no patch had given the document its first metadata back.
        log.deleteByFilter(10_000, List.of("team=a"), null);
        index.put(Log.key("a"), 20_000, Log.fields("{\"n\":20000}", "group:b"), TEXT);

        assertThat(differences()).isEmpty();
        assertThat(verification.largestPart()).isLessThan(100_000);
    }

    private List<Difference> differences() throws IOException {
        return differences(SETTLED);
    }

    private List<Difference> differences(Unsettled unsettled) throws IOException {
        for (DocumentChange change : log.changes()) {
            verification.change(change);
        }
        for (DeadLetter letter : letters) {
            verification.notApplied(letter);
        }
        index.scan(verification, withoutVector);
        List<Difference> differences = new ArrayList<>();
        tally = verification.compare(unsettled, key -> true, differences::add);
        return differences;
    }
}
