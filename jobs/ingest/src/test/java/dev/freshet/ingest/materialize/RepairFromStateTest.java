package dev.freshet.ingest.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** How the stage writes the documents again that a command names. */
class RepairFromStateTest {
    private final Revisions revisions = new Revisions();

    @Test
    void aRepairWritesTheNamedDocumentsAgainAndNothingForOneThatIsUnknown() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("a", 3, "alpha", "beta"));
            stage.change(revisions.upsert("b", 1, "gamma"));
            stage.change(revisions.delete("b", 2));
            stage.updates();

            stage.repair("acme/a", "acme/b", "acme/never-there", "nothing");

            assertThat(stage.updates()).singleElement().satisfies(update -> {
                assertThat(update.subject().documentId()).isEqualTo("a");
                assertThat(update.puts()).hasSize(2);
                assertThat(update.entry()).isNotNull();
                assertThat(update.fence()).isEqualTo(new ChangeOrder(0, 3).fence());
                assertThat(update.destination()).isEqualTo(new Destination(true, null));
                assertThat(update.reported()).isFalse();
            });
        }
    }

    @Test
    void aRepairDuringARebuildIsForBoth() throws Exception {
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("a", 3, "alpha"));
            stage.rebuild("r", "r-1");

            stage.repair("acme/a");

            assertThat(stage.updates().getLast().destination()).isEqualTo(new Destination(true, "r-1"));
        }
    }

    @Test
    void aDocumentIsRepairedByTheSubtaskThatOwnsIt() throws Exception {
        OperatorSubtaskState checkpoint;
        String[] documents = IntStream.range(0, 20).mapToObj(i -> "acme/d" + i).toArray(String[]::new);
        try (var stage = MaterializeHarness.open()) {
            stage.changes(revisions.upserts(documents.length));
            checkpoint = stage.snapshot(1);
        }
        List<String> repaired = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var stage = MaterializeHarness.restore(checkpoint, 1, 2, subtask)) {
                stage.repair(documents);
                repaired.addAll(MaterializeHarness.documents(stage.updates()));
            }
        }

        assertThat(repaired).hasSize(documents.length).doesNotHaveDuplicates();
    }
}
