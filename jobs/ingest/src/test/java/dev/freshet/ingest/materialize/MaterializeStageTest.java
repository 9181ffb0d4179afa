package dev.freshet.ingest.materialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.index.ChunkDocument;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** How the stage follows changes. */
class MaterializeStageTest {
    private final Revisions revisions = new Revisions();

    @Test
    void aChangeIsWrittenToWhatIsSearchedAlone() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("a", 1, "alpha"));

            assertThat(stage.updates()).singleElement().satisfies(update -> {
                assertThat(update.destination()).isEqualTo(new Destination(true, null));
                assertThat(update.reported()).isTrue();
            });
        }
    }

    @Test
    void aPatchKeepsTheChunksAndWritesTheirNewFields() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("a", 1, "alpha", "beta"));
            IndexUpdate before = stage.updates().getFirst();

            stage.change(Revisions.patch("a", 5, "{\"team\":\"search\"}"));

            IndexUpdate patched = stage.updates().getFirst();
            assertThat(patched.deletes()).isEmpty();
            assertThat(MaterializeHarness.texts(patched)).isEqualTo(MaterializeHarness.texts(before));
            assertThat(patched.puts())
                    .allSatisfy(chunk -> assertThat(chunk.fields().metadata()).isEqualTo("{\"team\":\"search\"}"));
            assertThat(patched.subject().chunks()).isEqualTo(2);
            stage.repair("acme/a");
            IndexUpdate again = stage.updates().getFirst();
            assertThat(again.entry()).usingRecursiveComparison().isEqualTo(patched.entry());
            assertThat(again.fence()).isEqualTo(new ChangeOrder(0, 5).fence());
        }
    }

    /** The attempt before may have removed a chunk that this one keeps. */
    @Test
    void theFirstChangeOfADocumentInAnAttemptWritesAllItsChunksAndTheNextOnesWhatIsNew() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("a", 1, "alpha", "beta"));
            checkpoint = stage.snapshot(7);
        }

        try (var restored = MaterializeHarness.restore(checkpoint, 7, 1, 0)) {
            restored.change(revisions.upsert("a", 2, "alpha", "beta", "gamma"));
            restored.change(revisions.upsert("a", 3, "alpha", "beta", "gamma", "delta"));

            assertThat(restored.updates())
                    .extracting(update -> update.puts().size())
                    .containsExactly(3, 1);
        }
    }

    @Test
    void theFenceOfADeletedDocumentIsFollowed() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.delete("a", 1));
            stage.updates();

            stage.change(revisions.delete("a", 2));

            assertThat(stage.updates()).singleElement().satisfies(update -> {
                assertThat(update.entry()).isNull();
                assertThat(update.fence()).isEqualTo(new ChangeOrder(0, 2).fence());
            });
        }
    }

    @Test
    void whatIsSaidOfAChunkStaysWithItThroughPatchesAndRepairs() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("a", 1, "alpha"));
            ChunkMetadata said = stage.updates().getFirst().puts().getFirst().metadata();
            assertThat(said.blockTypes()).containsExactly("heading", "paragraph");
            assertThat(said.nearDuplicateKeys()).isNotEmpty();

            stage.change(Revisions.patch("a", 5, "{\"team\":\"search\"}"));
            stage.repair("acme/a");

            assertThat(stage.updates())
                    .hasSize(2)
                    .allSatisfy(update -> assertThat(update.puts())
                            .extracting(ChunkDocument::metadata)
                            .containsExactly(said));
        }
    }

    @Test
    void aPatchOfADocumentThatIsNotInTheStateIsNoticed() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            assertThatThrownBy(() -> stage.change(Revisions.patch("a", 1, "{}")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("acme/a");
        }
    }
}
