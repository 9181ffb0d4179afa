package dev.freshet.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.revision.FoldedIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of all other tests must itself say no when something is wrong. */
class OracleTest {
    private static final Chunker CHUNKER =
            new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(5, 20));
    private static final DocumentChange FILTER_X = Changes.deleteByFilter(5, null, "team=x");
    private static final String X = "{\"team\":\"x\"}";
    private static final String Y = "{\"team\":\"y\"}";

    private final Oracle oracle = new Oracle(CHUNKER, 1 << 20, 3);
    private final FoldedIndex index = new FoldedIndex(CHUNKER);

    @Test
    void aMissingPatchIsADifference() {
        both(Changes.upsert("a", 1, "text", X));
        oracle.read(Changes.patch("a", 2, Y, null));

        assertThat(differences())
                .contains("acme/a has another version than the newest change", "acme/a has other metadata")
                .anyMatch(difference -> difference.contains("chunk with other metadata"));
    }

    @Test
    void aPatchOfADeletedDocumentDoesNotCount() {
        both(Changes.upsert("a", 1, "text", X), Changes.delete("a", 2), Changes.patch("a", 3, Y, null));

        assertThat(differences()).isEmpty();
        assertThat(oracle.liveDocuments()).isZero();
    }

    @Test
    void aDeleteByFilterRemovesWhatMatchesAndIsOlder() {
        both(
                Changes.upsert("older", 1, "text", X),
                Changes.upsert("other", 2, "text", Y),
                Changes.upsert("newer", 6, "text", X));
        oracle.read(FILTER_X);

        assertThat(differences())
                .contains("acme/older was deleted but is in the index")
                .allMatch(difference -> difference.startsWith("acme/older "));
        index.accept(FILTER_X.deleteOf("older"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void aDeleteByFilterSeesThePatchesBeforeItAndNoneAfterIt() {
        both(
                Changes.upsert("became-x", 1, "text", Y),
                Changes.patch("became-x", 4, X, null),
                Changes.upsert("becomes-x", 1, "text", Y),
                Changes.patch("becomes-x", 6, X, null));
        oracle.read(FILTER_X);

        index.accept(FILTER_X.deleteOf("became-x"));

        assertThat(differences()).isEmpty();
    }

    @Test
    void aDeleteByFilterOfAnOrderComesBeforeOtherChangesOfIt() {
        both(Changes.upsert("upserted", 5, "text", X), Changes.upsert("patched", 1, "text", X));
        both(Changes.patch("patched", 5, null, List.of("group:a")));
        oracle.read(FILTER_X);

        index.accept(FILTER_X.deleteOf("upserted"));
        index.accept(FILTER_X.deleteOf("patched"));

        assertThat(differences()).isEmpty();
        assertThat(index.snapshot().documents()).hasSize(1);
    }

    @Test
    void aFilterAlsoTakesIdsByTheirBeginning() {
        both(Changes.upsert("wiki/a", 1, "text"), Changes.upsert("docs/a", 1, "text"));
        DocumentChange filter = Changes.deleteByFilter(5, "wiki/");
        oracle.read(filter);

        index.accept(filter.deleteOf("wiki/a"));

        assertThat(differences()).isEmpty();
    }

    @Test
    void aTextOfTooManyChunksWasNeverSent() {
        both(Changes.upsert("a", 1, "text"));
        oracle.read(Changes.upsert("a", 2, "alpha beta gamma delta epsilon zeta ".repeat(40)));

        assertThat(differences()).isEmpty();
    }

    private void both(DocumentChange... changes) {
        for (DocumentChange change : changes) {
            oracle.read(change);
            index.accept(change);
        }
    }

    private List<String> differences() {
        return oracle.differences(index.snapshot());
    }
}
