package dev.freshet.core.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final TokenCounter WORDS = text -> text.strip().split("\\s+").length;
    private static final Chunker CHUNKER = new ContentDefinedChunker(WORDS, new ChunkSize(5, 20));
    private final Fold fold = new Fold(CHUNKER);

    @Test
    void theFirstChangeIsAcceptedWithAllItsChunks() {
        Revision revision = accepted(null, Changes.upsert("a", 1, "One sentence here."));

        assertThat(revision.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(revision.manifest()).hasSize(1);
        assertThat(revision.added()).hasSize(1);
    }

    @Test
    void anEditAddsOnlyTheChunksThatAreNew() {
        String page = "# One\n\n" + "alpha ".repeat(12) + "\n\n# Two\n\n" + "beta ".repeat(12) + "\n\n";
        DocumentState state = stateAfter(null, Changes.upsert("a", 1, page));

        Revision revision = accepted(state, Changes.upsert("a", 2, page.replace("beta", "gamma")));

        assertThat(revision.manifest()).hasSize(2);
        assertThat(revision.added())
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.text()).contains("gamma"));
    }

    @Test
    void metadataAloneNeedsNoNewChunkButEveryChunkWritten() {
        DocumentState state = stateAfter(null, Changes.upsert("a", 1, "Text."));

        Revision revision = accepted(state, Changes.upsert("a", 2, "Text.", "{\"team\":\"x\"}"));

        assertThat(revision.added()).isEmpty();
        assertThat(revision.fieldsChanged()).isTrue();
        assertThat(revision.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void equalContentUnderANewerVersionMovesOnlyTheVersion() {
        DocumentState state = stateAfter(null, Changes.upsert("a", 1, "Text."));

        Revision revision = accepted(state, Changes.upsert("a", 5, "Text."));

        assertThat(revision.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(revision.added()).isEmpty();
        assertThat(revision.fieldsChanged()).isFalse();
        assertThat(revision.version()).isEqualTo(5);
    }

    @Test
    void theSameChangeAgainIsUnchanged() {
        DocumentState state = stateAfter(null, Changes.upsert("a", 1, "Text."));

        assertThat(fold.decide(state, Changes.upsert("a", 1, "Text."))).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void anOlderChangeIsSuperseded() {
        DocumentState state = stateAfter(null, Changes.upsert("a", 3, "New."));

        assertThat(fold.decide(state, Changes.upsert("a", 2, "Old."))).isInstanceOf(Decision.Superseded.class);
        assertThat(fold.decide(state, Changes.delete("a", 2))).isInstanceOf(Decision.Superseded.class);
    }

    @Test
    void theSameVersionWithOtherContentIsAConflict() {
        DocumentState state = stateAfter(null, Changes.upsert("a", 1, "Text."));

        assertThat(fold.decide(state, Changes.upsert("a", 1, "Other."))).isInstanceOf(Decision.Conflicting.class);
        assertThat(fold.decide(state, Changes.delete("a", 1))).isInstanceOf(Decision.Conflicting.class);
    }

    @Test
    void aDeletedDocumentFencesWhatComesLate() {
        DocumentState state = stateAfter(stateAfter(null, Changes.upsert("a", 1, "Text.")), Changes.delete("a", 5));

        assertThat(state.deleted()).isTrue();
        assertThat(fold.decide(state, Changes.upsert("a", 4, "Late."))).isInstanceOf(Decision.Superseded.class);
        assertThat(accepted(state, Changes.upsert("a", 6, "Back.")).added()).hasSize(1);
    }

    @Test
    void aDeleteBeforeTheFirstUpsertFencesToo() {
        DocumentState state = stateAfter(null, Changes.delete("a", 5));

        assertThat(fold.decide(state, Changes.upsert("a", 4, "Late."))).isInstanceOf(Decision.Superseded.class);
    }

    @Test
    void theSameChunkTwiceInADocumentIsEmbeddedOnceAndPlacedTwice() {
        String page = "# A\n\n" + "same ".repeat(12) + "\n\n# A\n\n" + "same ".repeat(12) + "\n\n";

        Revision revision = accepted(null, Changes.upsert("a", 1, page));

        assertThat(revision.manifest()).hasSize(2);
        assertThat(revision.manifest().stream().map(ChunkPlacement::chunkId).distinct())
                .hasSize(2);
        assertThat(revision.added()).hasSize(1);
    }

    @Test
    void anotherChunkerCutsTheSameContentAgain() {
        String page = "alpha ".repeat(60);
        DocumentState state = stateAfter(null, Changes.upsert("a", 1, page));
        Fold larger = new Fold(new ContentDefinedChunker(WORDS, new ChunkSize(40, 100)));

        assertThat(larger.decide(state, Changes.upsert("a", 1, page)))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        decision -> assertThat(decision.revision().added()).hasSize(1));
    }

    @Test
    void aTextOfTooManyChunksIsRefusedAndTheStateStays() {
        Fold strict = new Fold(CHUNKER, 2);
        String page = "alpha beta gamma delta epsilon zeta\n\n".repeat(40);

        assertThat(strict.decide(null, Changes.upsert("a", 1, page)))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo("too_many_chunks");
                    assertThat(refused.message()).contains("the limit is 2").doesNotContain("alpha");
                });
        assertThat(strict.decide(stateAfter(null, Changes.upsert("a", 2, "Short.")), Changes.upsert("a", 1, page)))
                .isInstanceOf(Decision.Superseded.class);
    }

    /** I1 in small: the state after any order and any repetition is that of the newest change alone. */
    @Property(tries = 200)
    void theResultDependsOnlyOnTheNewestChange(@ForAll long seed) {
        Random random = new Random(seed);
        List<DocumentChange> log = new ArrayList<>();
        for (int version = 1; version <= 8; version++) {
            log.add(
                    random.nextInt(4) == 0
                            ? Changes.delete("a", version)
                            : Changes.upsert("a", version, "alpha ".repeat(1 + random.nextInt(30))));
        }
        DocumentChange newest = log.getLast();
        log.addAll(log.subList(0, random.nextInt(log.size())));
        Collections.shuffle(log, random);

        DocumentState state = stateAfter(null, log.getFirst());
        for (DocumentChange change : log) {
            state = stateAfter(state, change);
        }

        DocumentState expected = stateAfter(null, newest);
        assertThat(state.order()).isEqualTo(expected.order());
        assertThat(state.deleted()).isEqualTo(expected.deleted());
        assertThat(state.chunkHashSet()).isEqualTo(expected.chunkHashSet());
        assertThat(state.contentHash()).isEqualTo(expected.contentHash());
    }

    @Test
    void chunkIdsDifferByTenantDocumentAndOccurrence() {
        List<String> ids = List.of("a", "b").stream()
                .flatMap(id -> accepted(null, Changes.upsert(id, 1, "same text")).manifest().stream())
                .map(ChunkPlacement::chunkId)
                .collect(Collectors.toList());

        assertThat(ids).doesNotHaveDuplicates();
    }

    private Revision accepted(@Nullable DocumentState state, DocumentChange change) {
        assertThat(fold.decide(state, change)).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) fold.decide(state, change)).revision();
    }

    private DocumentState stateAfter(@Nullable DocumentState state, DocumentChange change) {
        return switch (fold.decide(state, change)) {
            case Decision.Accepted(Revision revision, DocumentState next) -> next;
            case Decision.Unchanged(DocumentState next) -> next;
            case Decision.Superseded superseded -> java.util.Objects.requireNonNull(state);
            case Decision.Conflicting conflicting -> throw new AssertionError(conflicting.message());
            case Decision.Refused refused -> throw new AssertionError(refused.message());
        };
    }
}
