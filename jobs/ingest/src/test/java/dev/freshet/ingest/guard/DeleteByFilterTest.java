package dev.freshet.ingest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.Operation;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/** Which documents a delete by filter means, and when. Nothing is held back here. */
class DeleteByFilterTest {
    private static final String RED = "{\"colour\":\"red\",\"size\":2,\"tags\":[\"x\",\"y\"]}";
    private static final String BLUE = "{\"colour\":\"blue\"}";

    @Test
    void everyOlderDocumentThatMatchesAllOfTheFilterIsDeletedAndTheRecordHasOneReceipt() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.upsert("a/1", 1, RED);
            job.upsert("a/2", 9, RED);
            job.upsert("a/3", 1, BLUE);
            job.upsert("a/4", 5, RED);
            job.upsert("b/1", 1, RED);

            job.deleteByFilter(5, "a/", "colour=red", "size=2", "tags=y");

            assertThat(job.deleted()).containsExactly("a/1@5");
            assertThat(job.allDeletes()).allMatch(DocumentChange::derived);
            assertThat(job.receipts()).singleElement().satisfies(receipt -> {
                assertThat(receipt.operation()).isEqualTo(Operation.DELETE_BY_FILTER);
                assertThat(receipt.outcome()).isEqualTo(Outcome.APPLIED);
                assertThat(receipt.documentId()).isEmpty();
                assertThat(receipt.derived()).isFalse();
                assertThat(receipt.chunks()).isZero();
                assertThat(receipt.version()).isEqualTo(5);
                assertThat(receipt.origin().offset()).isEqualTo(5);
            });
        }
    }

    @Test
    void aFilterThatMatchesNothingIsUnchanged() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.upsert("a", 1, BLUE);

            job.deleteByFilter(5, null, "colour=red");
            job.deleteByFilter(6, null, "colour=blue");
            job.deleteByFilter(6, null, "colour=blue");

            assertThat(job.deleted()).containsExactly("a@6");
            assertThat(job.receipts())
                    .extracting(ChangeReceipt::outcome)
                    .containsExactly(Outcome.UNCHANGED, Outcome.APPLIED, Outcome.UNCHANGED);
        }
    }

    @Test
    void aDocumentThatArrivesLateFallsToTheFilterAlsoAfterARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.deleteByFilter(5, null, "colour=red");
            job.deleteByFilter(7, null, "colour=red");
            snapshot = job.snapshot();
        }
        try (var restarted = GuardHarness.restored(0, snapshot)) {
            restarted.upsert("late", 4, RED);
            restarted.upsert("later", 6, RED);
            restarted.upsert("blue", 4, BLUE);
            restarted.upsert("newer", 8, RED);

            assertThat(restarted.deleted())
                    .as("by the newest filter that applies")
                    .containsExactly("late@7", "later@7");
            assertThat(restarted.allDeletes()).allMatch(DocumentChange::derived);
            assertThat(restarted.receipts()).isEmpty();
        }
    }

    @Test
    void aDocumentThatArrivesLateIsForgottenUntilANewerUpsertAndDeletedOnce() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.deleteByFilter(5, null, "colour=red");
            job.upsert("a", 4, RED);
            job.upsert("a", 4, RED);
            assertThat(job.deleted()).containsExactly("a@5");

            job.upsert("a", 6, RED);
            job.deleteByFilter(7, null, "colour=red");

            assertThat(job.deleted()).containsExactly("a@7");
        }
    }

    @Test
    void aFilterIsForgottenAfterItsTime() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.deleteByFilter(5, null, "colour=red");

            job.waitFor(GuardHarness.TTL.minusMillis(1));
            job.upsert("late", 4, RED);
            job.waitFor(Duration.ofMillis(1));
            job.upsert("too late", 4, RED);

            assertThat(job.deleted()).containsExactly("late@5");
        }
    }

    @Test
    void theOldestFilterIsForgottenWhereThereAreTooMany() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            for (int i = 0; i <= RememberedFilters.MOST; i++) {
                job.deleteByFilter(5, "p" + i + "/");
            }

            job.upsert("p0/late", 4);
            job.upsert("p1/late", 4);

            assertThat(job.deleted()).containsExactly("p1/late@5");
        }
    }

    @Test
    void aFilterThatComesTwiceTakesOnePlace() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            for (int i = 0; i < 2 * RememberedFilters.MOST; i++) {
                job.deleteByFilter(5, i == 0 ? "first/" : "again/");
            }

            job.upsert("first/late", 4);

            assertThat(job.deleted()).containsExactly("first/late@5");
        }
    }

    @Test
    void aPatchDecidesWhatMatchesUnlessItIsNewerThanTheFilter() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.upsert("turned red", 1, BLUE);
            job.patch("turned red", 4, RED);
            job.upsert("turned blue", 1, RED);
            job.patch("turned blue", 4, BLUE);
            job.upsert("turned blue later", 1, RED);
            job.patch("turned blue later", 6, BLUE);

            job.deleteByFilter(5, null, "colour=red");

            assertThat(job.deleted()).containsExactlyInAnyOrder("turned red@5", "turned blue later@5");
        }
    }

    @Test
    void aPatchThatArrivesBeforeItsDocumentCountsWhenTheDocumentArrives() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.patch("a", 4, RED);
            job.upsert("a", 3, BLUE);
            job.patch("b", 4, RED);
            job.upsert("b", 5, BLUE);

            job.deleteByFilter(6, null, "colour=red");

            assertThat(job.deleted()).containsExactly("a@6");
        }
    }

    @Test
    void aPatchThatArrivesLateMayMakeItsDocumentFallToTheFilter() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.upsert("a", 1, BLUE);
            job.upsert("b", 1, BLUE);
            job.deleteByFilter(5, null, "colour=red");

            job.patch("a", 4, RED);
            job.patch("b", 6, RED);

            assertThat(job.deleted()).containsExactly("a@5");
        }
    }

    @Test
    void anOldPatchChangesNothing() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.upsert("a", 3, RED);
            job.patch("a", 2, BLUE);
            job.patch("a", 5, RED);
            job.patch("a", 4, BLUE);

            job.deleteByFilter(6, null, "colour=red");

            assertThat(job.deleted()).containsExactly("a@6");
        }
    }

    @Test
    void whatIsGoneIsForgottenAfterItsTimeAndWhatLivesIsNot() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.delete("gone", 5);
            job.upsert("alive", 5);

            job.waitFor(GuardHarness.TTL);
            job.upsert("gone", 4);
            job.upsert("alive", 4, RED);
            job.deleteByFilter(10, null, "colour=red");
            job.deleteByFilter(11, null);

            assertThat(job.deleted()).containsExactlyInAnyOrder("gone@5", "gone@11", "alive@11");
        }
    }

    @Test
    void theStateOnDiskGivesTheSame() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10, new EmbeddedRocksDBStateBackend())) {
            job.upserts(0, 500, 1);
            job.deletes(0, 300, 2);
            job.deleteByFilter(5, "doc-");
            assertThat(job.deleted()).hasSize(250);

            job.approve();

            assertThat(job.deleted()).hasSize(50 + 200).doesNotHaveDuplicates();
            job.deleteByFilter(6, "doc-");
            assertThat(job.receipts())
                    .extracting(ChangeReceipt::outcome)
                    .containsExactly(Outcome.APPLIED, Outcome.UNCHANGED);
        }
    }
}
