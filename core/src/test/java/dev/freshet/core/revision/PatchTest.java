package dev.freshet.core.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.FieldsPatch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Metadata and ACL are registers: of each the newest value counts, whichever way it came. */
class PatchTest {
    private static final Chunker CHUNKER =
            new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(5, 20));
    private static final String X = "{\"team\":\"x\"}";
    private static final String Y = "{\"team\":\"y\"}";
    private static final List<String> GROUP = List.of("group:a");
    private static final List<String> EVERYONE = List.of(DocumentFields.EVERYONE);

    private final Fold fold = new Fold(CHUNKER);

    @Test
    void aPatchOfALiveDocumentNeedsNoChunkAndEveryChunkWritten() {
        Revision revision = accepted(after(Changes.upsert("a", 1, "Text.", X)), Changes.patch("a", 2, null, GROUP));

        assertThat(revision.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(revision.fieldsChanged()).isTrue();
        assertThat(revision.added()).isEmpty();
        assertThat(revision.manifest()).isEmpty();
        assertThat(revision.patch()).isEqualTo(new FieldsPatch(null, GROUP));
        assertThat(revision.fence()).isEqualTo(new ChangeOrder(0, 2).fence());
    }

    @Test
    void aPatchThatChangesNothingMovesTheFence() {
        Revision revision = accepted(after(Changes.upsert("a", 1, "Text.", X)), Changes.patch("a", 2, X, null));

        assertThat(revision.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(revision.fieldsChanged()).isFalse();
        assertThat(revision.fence()).isEqualTo(new ChangeOrder(0, 2).fence());
    }

    @Test
    void theSamePatchAgainIsUnchanged() {
        DocumentChange patch = Changes.patch("a", 2, Y, GROUP);

        assertThat(decide(after(Changes.upsert("a", 1, "Text."), patch), patch)).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void aPatchOfWhichOnlyAPartIsStillTheNewestIsUnchangedToo() {
        DocumentChange patch = Changes.patch("a", 2, Y, GROUP);
        DocumentState state = after(Changes.upsert("a", 1, "Text."), patch, Changes.patch("a", 3, null, EVERYONE));

        assertThat(decide(state, patch)).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void aPatchIsSupersededWhenAllThatItSaysIsOlder() {
        DocumentState state = after(Changes.upsert("a", 1, "Text."), Changes.patch("a", 5, Y, null));

        assertThat(decide(state, Changes.patch("a", 4, X, null))).isInstanceOf(Decision.Superseded.class);
        assertThat(decide(after(Changes.upsert("a", 3, "Text.")), Changes.patch("a", 2, X, GROUP)))
                .isInstanceOf(Decision.Superseded.class);
    }

    @Test
    void anOlderPatchCountsForTheFieldThatTheNewerOneLeft() {
        DocumentState state = after(Changes.upsert("a", 1, "Text."), Changes.patch("a", 5, Y, null));

        Revision revision = accepted(state, Changes.patch("a", 4, X, GROUP));

        assertThat(revision.patch()).isEqualTo(new FieldsPatch(Y, GROUP));
        assertThat(revision.version()).isEqualTo(4);
        assertThat(revision.fence()).isEqualTo(new ChangeOrder(0, 5).fence());
    }

    @Test
    void anOlderPatchThatSetsWhatIsSetNeedsNoWrite() {
        DocumentState state = after(Changes.upsert("a", 1, "Text."), Changes.patch("a", 5, Y, null));

        assertThat(decide(state, Changes.patch("a", 4, null, EVERYONE))).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void aPatchBeforeItsDocumentIsRememberedAndLaidOverIt() {
        DocumentState state = after(Changes.patch("a", 5, Y, null));
        assertThat(state.live()).isFalse();

        Revision revision = accepted(state, Changes.upsert("a", 3, "Text.", X));

        assertThat(Objects.requireNonNull(revision.fields()).metadata()).isEqualTo(Y);
        assertThat(revision.version()).isEqualTo(3);
        assertThat(revision.fence()).isEqualTo(new ChangeOrder(0, 5).fence());
    }

    @Test
    void aPatchOfADeletedDocumentWaitsForAnUpsertBetweenThem() {
        DocumentState state = after(Changes.upsert("a", 1, "Text."), Changes.delete("a", 3));
        state = after(state, Changes.patch("a", 5, Y, null));

        assertThat(Objects.requireNonNull(
                                accepted(state, Changes.upsert("a", 4, "Back.")).fields())
                        .metadata())
                .isEqualTo(Y);
        assertThat(Objects.requireNonNull(
                                accepted(state, Changes.upsert("a", 6, "New.")).fields())
                        .metadata())
                .isEqualTo("{}");
    }

    /** What an attempt of the job wrote under the fence of the patch, before it saw the delete, could not be removed otherwise. */
    @Test
    void theIndexFollowsTheFenceOfADeletedDocument() {
        DocumentState deleted = after(Changes.upsert("a", 1, "Text."), Changes.delete("a", 3));

        for (DocumentChange later : List.of(Changes.patch("a", 5, Y, null), Changes.delete("a", 5))) {
            Revision revision = accepted(deleted, later);

            assertThat(revision.isOfDeleted()).isTrue();
            assertThat(revision.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(revision.fence()).isEqualTo(new ChangeOrder(0, 5).fence());
        }
        assertThat(decide(deleted, Changes.delete("a", 3))).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void aLateUpsertKeepsWhatNewerPatchesSay() {
        DocumentState state = after(
                Changes.upsert("a", 1, "Text.", X), Changes.patch("a", 4, Y, null), Changes.patch("a", 2, null, GROUP));

        Revision revision = accepted(state, Changes.upsert("a", 3, "Other.", X));

        assertThat(Objects.requireNonNull(revision.fields()).metadata()).isEqualTo(Y);
        assertThat(revision.fields().acl()).isEqualTo(EVERYONE);
    }

    @Test
    void anUpsertThatSaysWhatThePatchSaidIsUnchanged() {
        DocumentState state = after(Changes.upsert("a", 1, "Text.", X), Changes.patch("a", 2, Y, null));

        Revision revision = accepted(state, Changes.upsert("a", 3, "Text.", Y));

        assertThat(revision.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(revision.fieldsChanged()).isFalse();
    }

    /** The index holds the fence of the patch: with a lower one it would refuse the delete. */
    @Test
    void aLateDeleteIsWrittenWithTheFenceOfThePatchThatItComesBefore() {
        DocumentState state = after(Changes.upsert("a", 1, "Text."), Changes.patch("a", 5, Y, null));

        assertThat(accepted(state, Changes.delete("a", 3)).fence()).isEqualTo(new ChangeOrder(0, 5).fence());
    }

    @Test
    void twoValuesForOneFieldAtTheSameVersionAreAConflict() {
        DocumentState patched = after(Changes.upsert("a", 1, "Text."), Changes.patch("a", 2, Y, null));

        assertThat(decide(patched, Changes.patch("a", 2, X, GROUP))).isInstanceOf(Decision.Conflicting.class);
        assertThat(decide(patched, Changes.upsert("a", 2, "Text."))).isInstanceOf(Decision.Conflicting.class);
        assertThat(decide(patched, Changes.delete("a", 2))).isInstanceOf(Decision.Conflicting.class);
        assertThat(decide(patched, Changes.patch("a", 1, X, null))).isInstanceOf(Decision.Conflicting.class);
    }

    @Test
    void anUpsertThatAPatchLiesOverStillContradictsAnotherOfItsVersion() {
        DocumentState patched = after(Changes.upsert("a", 1, "Text.", X), Changes.patch("a", 2, Y, null));

        assertThat(decide(patched, Changes.upsert("a", 1, "Text.", X))).isInstanceOf(Decision.Unchanged.class);
        assertThat(decide(patched, Changes.upsert("a", 1, "Text.", "{}"))).isInstanceOf(Decision.Conflicting.class);
    }

    @Test
    void aDeleteByFilterStandsBeforeAllElseOfItsVersionAndNeverConflicts() {
        DocumentChange derived = Changes.deleteByFilter(3, null, "team=x").deleteOf("a");

        assertThat(decide(after(Changes.upsert("a", 3, "Text.", X)), derived)).isInstanceOf(Decision.Superseded.class);
        assertThat(decide(after(Changes.upsert("a", 1, "Text.", X), Changes.patch("a", 3, null, GROUP)), derived))
                .isInstanceOf(Decision.Accepted.class);
        DocumentState deleted = after(Changes.upsert("a", 1, "Text.", X), derived);
        assertThat(decide(deleted, derived)).isInstanceOf(Decision.Unchanged.class);
        assertThat(decide(deleted, Changes.upsert("a", 3, "Text.", X))).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(deleted, Changes.patch("a", 3, null, GROUP))).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void aPatchOfTheVersionOfADeleteByFilterIsRememberedWhicheverCameFirst() {
        DocumentChange upsert = Changes.upsert("a", 1, "Text.", X);
        DocumentChange patch = Changes.patch("a", 3, null, GROUP);
        DocumentChange derived = Changes.deleteByFilter(3, null, "team=x").deleteOf("a");

        assertThat(after(upsert, patch, derived)).isEqualTo(after(upsert, derived, patch));
        assertThat(decide(after(upsert, patch, derived), Changes.upsert("a", 3, "Text.")))
                .isInstanceOf(Decision.Conflicting.class);
    }

    /** Shape v1 of the state, as a restore gives it: there was no patch yet, and the fields were not kept. */
    @Test
    void stateOfBeforePatchesWasKeptIsPatchedToo() {
        DocumentState now = after(Changes.upsert("a", 1, "Text.", X));
        DocumentState restored = new DocumentState(
                now.epoch(),
                now.version(),
                now.deleted(),
                now.contentHash(),
                now.fieldsHash(),
                now.chunker(),
                now.chunks(),
                now.chunkHashes(),
                false,
                false,
                null,
                Registers.NONE);

        Revision patched = accepted(restored, Changes.patch("a", 2, Y, null));
        assertThat(patched.patch()).isEqualTo(new FieldsPatch(Y, null));
        assertThat(patched.fieldsChanged()).isTrue();
        assertThat(after(restored, Changes.upsert("a", 1, "Text.", X))).isEqualTo(now);
        assertThat(accepted(restored, Changes.upsert("a", 2, "Text.", X)).fieldsChanged())
                .isTrue();
    }

    private Decision decide(@Nullable DocumentState state, DocumentChange change) {
        return fold.decide(state, change);
    }

    private Revision accepted(DocumentState state, DocumentChange change) {
        assertThat(decide(state, change)).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) decide(state, change)).revision();
    }

    private DocumentState after(DocumentChange first, DocumentChange... others) {
        DocumentState state = after((DocumentState) null, first);
        return after(state, others);
    }

    private DocumentState after(@Nullable DocumentState before, DocumentChange... changes) {
        DocumentState state = before;
        for (DocumentChange change : changes) {
            state = switch (decide(state, change)) {
                case Decision.Accepted(Revision revision, DocumentState next) -> next;
                case Decision.Unchanged(DocumentState next) -> next;
                case Decision other -> throw new AssertionError(other);
            };
        }
        return Objects.requireNonNull(state);
    }
}
