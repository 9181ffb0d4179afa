package dev.freshet.ingest.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.ingest.rebuild.RebuildMarker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the stage writes all that it knows into indices that are built, while changes go on. */
class RebuildFromStateTest {
    /** More than a slice of a rebuild holds. */
    private static final int DOCUMENTS = 50;

    private final Revisions revisions = new Revisions();

    static Stream<StateBackend> stateBackends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("stateBackends")
    void aRebuildWritesEveryDocumentWholeToItsGenerationAloneAndThenAMarker(StateBackend backend) throws Exception {
        try (var stage = MaterializeHarness.open(backend)) {
            stage.change(revisions.upsert("a", 1, "alpha", "beta"));
            stage.change(revisions.upsert("a", 4, "alpha", "beta", "gamma"));
            stage.change(revisions.upsert("b", 2, "delta"));
            stage.change(revisions.upsert("gone", 2, "delta"));
            stage.change(revisions.delete("gone", 3));
            stage.updates();

            stage.rebuild("r", "r-1");
            stage.runAllMails();

            List<IndexUpdate> updates = stage.updates();
            assertThat(MaterializeHarness.documents(updates)).containsExactlyInAnyOrder("a", "b");
            assertThat(updates).filteredOn(update -> update.marker() == null).allSatisfy(update -> {
                assertThat(update.destination()).isEqualTo(new Destination(false, "r-1"));
                assertThat(update.reported()).isFalse();
                assertThat(update.deletes()).isEmpty();
            });
            assertThat(of("a", updates).puts()).hasSize(3);
            assertThat(of("a", updates).fence()).isEqualTo(new ChangeOrder(0, 4).fence());
            assertThat(updates.getLast().marker()).isEqualTo(new RebuildMarker("r", "r-1", 0, 1, 0, "marker-0"));
        }
    }

    @Test
    void whatIsWrittenAgainIsWhatWasWritten() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.tagged("a", 1, "{\"k\":1}", "alpha", "beta", "gamma"));
            stage.change(revisions.tagged("a", 2, "{\"k\":2}", "alpha", "beta", "gamma"));
            stage.change(revisions.tagged("a", 3, "{\"k\":2}", "alpha", "delta", "gamma"));
            Map<String, ChunkDocument> written = new LinkedHashMap<>();
            List<IndexUpdate> live = stage.updates();
            live.forEach(update -> {
                update.deletes().forEach(written::remove);
                update.puts().forEach(chunk -> written.put(chunk.id(), chunk));
            });

            stage.rebuild("r", "r-1");
            stage.runAllMails();

            IndexUpdate again = stage.updates().getFirst();
            assertThat(again.entry())
                    .usingRecursiveComparison()
                    .isEqualTo(live.getLast().entry());
            assertThat(again.puts())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("fence")
                    .containsExactlyInAnyOrderElementsOf(written.values());
            assertThat(written.values())
                    .extracting(ChunkDocument::changedAt)
                    .containsExactlyInAnyOrder(Revisions.at(2), Revisions.at(2), Revisions.at(3));
        }
    }

    @Test
    void changesHaveTheirTurnBetweenTheSlicesOfARebuildAndAreForBoth() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.changes(revisions.upserts(DOCUMENTS));
            stage.updates();
            stage.rebuild("r", "r-1");
            assertThat(stage.updates()).isEmpty();
            stage.runMail();
            assertThat(stage.updates()).hasSizeBetween(1, 20);

            stage.change(revisions.upsert("new", 2, "new"));
            stage.change(revisions.delete("d7", 2));

            assertThat(stage.updates()).hasSize(2).allSatisfy(update -> {
                assertThat(update.destination()).isEqualTo(new Destination(true, "r-1"));
                assertThat(update.reported()).isTrue();
            });
            stage.runAllMails();
            assertThat(MaterializeHarness.documents(stage.updates())).doesNotContain("new");
        }
    }

    @Test
    void aDocumentIsWrittenAsItIsWhenItsTurnComes() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("edited", 1, "alpha"));
            stage.change(revisions.upsert("deleted", 1, "alpha"));
            stage.updates();
            stage.rebuild("r", "r-1");
            stage.change(revisions.upsert("edited", 2, "beta"));
            stage.change(revisions.delete("deleted", 2));
            stage.updates();

            stage.runAllMails();

            List<IndexUpdate> updates = stage.updates();
            assertThat(MaterializeHarness.documents(updates)).containsExactly("edited");
            assertThat(MaterializeHarness.texts(of("edited", updates)))
                    .singleElement()
                    .asString()
                    .contains("beta");
        }
    }

    @Test
    void changesAreForBothUntilTheRebuildHasEnded() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.rebuild("r", "r-2");
            stage.runAllMails();
            // What an earlier attempt of the job had said, about indices that were made for that one.
            stage.command(Kind.REBUILT, "r", "r-1");
            stage.change(revisions.upsert("a", 1, "alpha"));
            assertThat(stage.updates().getLast().destination()).isEqualTo(new Destination(true, "r-2"));

            stage.command(Kind.REBUILT, "r", "r-2");
            stage.change(revisions.upsert("a", 2, "beta"));

            assertThat(stage.updates().getLast().destination()).isEqualTo(new Destination(true, null));
        }
    }

    @Test
    void aRebuildThatEndedWritesNothingMore() throws Exception {
        try (var stage = inTheMiddleOfARebuild()) {
            stage.updates();

            stage.command(Kind.ABANDONED, "r", "r-1");
            stage.runAllMails();

            assertThat(stage.updates()).isEmpty();
        }
    }

    @Test
    void anotherRebuildTakesThePlaceOfOneWhoseIndicesItHasRetired() throws Exception {
        try (var stage = inTheMiddleOfARebuild()) {
            stage.updates();

            stage.rebuild("s", "s-1");
            stage.runAllMails();

            List<IndexUpdate> updates = stage.updates();
            assertThat(MaterializeHarness.documents(updates)).hasSize(DOCUMENTS).doesNotHaveDuplicates();
            assertThat(updates)
                    .allSatisfy(update ->
                            assertThat(update.destination().generation()).isEqualTo("s-1"));
        }
    }

    @Test
    void afterARestoreARebuildBeginsAgainInEverySubtask() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var stage = inTheMiddleOfARebuild()) {
            checkpoint = stage.snapshot(7);
        }
        List<String> documents = new ArrayList<>();
        List<RebuildMarker> markers = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var restored = MaterializeHarness.restore(checkpoint, 7, 2, subtask)) {
                restored.runAllMails();
                List<IndexUpdate> updates = restored.updates();
                documents.addAll(MaterializeHarness.documents(updates));
                markers.add(updates.getLast().marker());
            }
        }

        assertThat(documents)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, DOCUMENTS).mapToObj(i -> "d" + i).toList());
        assertThat(markers)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("key")
                .containsExactly(
                        new RebuildMarker("r", "r-1", 0, 2, 7, ""), new RebuildMarker("r", "r-1", 1, 2, 7, ""));
        for (int subtask = 0; subtask < 2; subtask++) {
            assertThat(KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            markers.get(subtask).key(), MaterializeHarness.KEY_GROUPS, 2))
                    .isEqualTo(subtask);
        }
    }

    @Test
    void afterARestoreChangesAreStillForBothAlsoWhenAllWasWritten() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var stage = MaterializeHarness.open()) {
            stage.rebuild("r", "r-1");
            stage.runAllMails();
            checkpoint = stage.snapshot(7);
        }
        try (var restored = MaterializeHarness.restore(checkpoint, 7, 1, 0)) {
            restored.change(revisions.upsert("a", 1, "alpha"));

            assertThat(restored.updates().getFirst().destination()).isEqualTo(new Destination(true, "r-1"));
        }
    }

    @Test
    void aRebuildIsWrittenToItsEndWhenTheChangesEnd() throws Exception {
        try (var stage = inTheMiddleOfARebuild()) {

            stage.finish();

            List<IndexUpdate> updates = stage.updates();
            assertThat(MaterializeHarness.documents(updates.subList(DOCUMENTS, updates.size())))
                    .hasSize(DOCUMENTS);
            assertThat(updates.getLast().marker()).isNotNull();
            stage.runAllMails();
            assertThat(stage.updates()).isEmpty();
        }
    }

    /** The first documents are written again, most are not. */
    private MaterializeHarness inTheMiddleOfARebuild() throws Exception {
        MaterializeHarness stage = MaterializeHarness.open();
        stage.changes(revisions.upserts(DOCUMENTS));
        stage.rebuild("r", "r-1");
        stage.runMail();
        return stage;
    }

    private static IndexUpdate of(String document, List<IndexUpdate> updates) {
        return updates.stream()
                .filter(update -> update.marker() == null)
                .filter(update -> update.subject().documentId().equals(document))
                .findFirst()
                .orElseThrow();
    }
}
