package dev.freshet.ingest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** How mass deletes are held back. The limits: more than 10 documents, and more than 50 percent. */
class GuardStageTest {
    @Test
    void changesGoOnInTheOrderInWhichTheyCame() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upsert("a", 1);
            job.patch("a", 2, "{}");
            job.delete("a", 3);

            assertThat(job.passed()).extracting(DocumentChange::version).containsExactly(1L, 2L, 3L);
            assertThat(job.deleted()).containsExactly("a@3");
        }
    }

    @Test
    void sixtyOfAHundredDeletesAreTooManyAndTheTenAboveTheLimitAreReleasedWhenApproved() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 100, 1);
            job.deletes(0, 60, 2);
            assertThat(job.deleted()).isEqualTo(ids(0, 50, 2));
            assertThat(job.parkedOffsets()).hasSize(10);

            job.approve();

            assertThat(job.deleted()).isEqualTo(ids(50, 60, 2));
            assertThat(job.deadLetters()).isEmpty();
        }
    }

    @Test
    void aFilterIsJudgedAsAWholeByTheNumberOfItsMatches() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 100, 1);
            job.deleteByFilter(2, "doc-");
            assertThat(job.deleted()).isEmpty();
            assertThat(job.receipts()).isEmpty();
            assertThat(job.parkedOffsets()).containsExactly(100L);

            job.approve();

            assertThat(job.deleted()).containsExactlyInAnyOrderElementsOf(ids(0, 100, 2));
            assertThat(job.receipts()).singleElement().satisfies(receipt -> {
                assertThat(receipt.outcome()).isEqualTo(Outcome.APPLIED);
                assertThat(receipt.origin().offset()).isEqualTo(100);
            });
        }
    }

    @Test
    void bothLimitsMustBeExceeded() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 10, 1);
            job.deletes(0, 10, 2);
            assertThat(job.deleted()).hasSize(10);

            job.upserts(100, 200, 1);
            job.deletes(100, 150, 2);

            assertThat(job.deleted()).hasSize(50);
            assertThat(job.parkedOffsets()).isEmpty();
        }
    }

    @Test
    void nothingIsHeldBackWhereTheGuardIsOff() throws Exception {
        try (var job = GuardHarness.holdingBackOver(0)) {
            job.upserts(0, 100, 1);
            job.deleteByFilter(2, "doc-");

            assertThat(job.deleted()).hasSize(100);
        }
    }

    @Test
    void whatIsHeldBackHoldsBackEveryLaterDeleteOfTheTenantAndKeepsTheOrder() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);
            job.deleteByFilter(2, "doc-");
            job.upsert("late", 1);

            job.delete("late", 3);
            job.delete("never seen", 3);
            assertThat(job.deleted()).isEmpty();
            job.approve();

            assertThat(job.deleted()).hasSize(22).endsWith("late@3", "never seen@3");
        }
    }

    @Test
    void otherTenantsAreNotHeldBack() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);
            job.deleteByFilter(2, "doc-");

            job.read(GuardHarness.deleteOf("other", "a", 1));

            assertThat(job.deleted()).containsExactly("a@1");
        }
    }

    @Test
    void discardingMakesADeadLetterOfEveryRecordWithItsBytesAndDeletesNothing() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);
            job.deleteByFilter(2, "doc-");
            job.delete("doc-7", 3);

            job.discard();

            assertThat(job.deleted()).isEmpty();
            assertThat(job.receipts()).isEmpty();
            assertThat(job.deadLetters()).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.scope()).isEqualTo(DeadLetter.Scope.RECORD);
                assertThat(letter.stage()).isEqualTo("guard");
                assertThat(letter.reason()).isEqualTo("delete_discarded");
                assertThat(letter.tenant()).isEqualTo("acme");
                assertThat(letter.value()).containsExactly(1, 2, 3);
            });
            assertThat(job.deadLetters())
                    .extracting(letter -> letter.origin().offset())
                    .containsExactly(20L, 21L);
        }
    }

    @Test
    void afterADecisionDeletesGoOnAgainWithAWindowThatBeginsAnewOnlyWhenApproved() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 100, 1);
            job.deletes(0, 51, 2);
            job.discard();
            job.delete("never seen", 2);
            assertThat(job.deleted()).hasSize(51).endsWith("never seen@2");
            job.delete("doc-60", 2);
            assertThat(job.parkedOffsets()).as("still too many in this window").hasSize(2);
            job.approve();
            assertThat(job.deleted()).containsExactly("doc-60@2");

            job.deletes(61, 80, 2);

            assertThat(job.deleted()).isEqualTo(ids(61, 80, 2));
        }
    }

    @Test
    void lossesAddUpInsideTheWindowOnly() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 100, 1);
            job.waitFor(GuardHarness.WINDOW.multipliedBy(2));
            job.deletes(0, 50, 2);
            job.waitFor(GuardHarness.WINDOW.minusMinutes(1));
            job.delete("doc-50", 2);
            assertThat(job.parkedOffsets()).hasSize(1);
            job.discard();

            job.waitFor(Duration.ofMinutes(3));
            job.deletes(50, 70, 3);

            assertThat(job.deleted()).hasSize(70);
            assertThat(job.parkedOffsets()).hasSize(1);
        }
    }

    @Test
    void renamesDoNotAddUpBecauseTheNetLossCounts() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);

            for (int i = 0; i < 20; i++) {
                job.delete("doc-" + i, 2);
                job.upsert("renamed-" + i, 2);
            }

            assertThat(job.deleted()).hasSize(20);
            assertThat(job.parkedOffsets()).isEmpty();
        }
    }

    @Test
    void deletesOfDocumentsThatAreNotLiveCostNothing() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 5);

            job.deletes(0, 20, 4);
            job.deletes(100, 200, 1);
            job.deleteByFilter(5, "doc-");

            assertThat(job.deleted()).hasSize(120);
            assertThat(job.parkedOffsets()).isEmpty();

            job.deleteByFilter(6, "doc-");
            assertThat(job.parkedOffsets()).as("all of them live still").hasSize(1);
        }
    }

    @Test
    void whatFallsLateToAFilterIsNotJudgedAgainButCountsAsLost() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);
            job.deleteByFilter(5, null, "colour=red");
            for (int i = 0; i < 15; i++) {
                job.upsert("doc-" + i, 2, "{\"colour\":\"red\"}");
            }
            assertThat(job.deleted()).isEqualTo(ids(0, 15, 5));

            job.delete("never seen", 2);
            job.delete("doc-16", 2);

            assertThat(job.deleted()).as("what costs nothing goes on").containsExactly("never seen@2");
            assertThat(job.parkedOffsets()).hasSize(1);
        }
    }

    @Test
    void oldUpsertsThatArriveAfterTheDeleteDoNotCountAsLive() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.deletes(0, 100, 5);
            job.upserts(0, 100, 4);
            job.upserts(200, 211, 1);

            job.deletes(200, 211, 2);

            assertThat(job.parkedOffsets())
                    .as("11 of 11 documents, not 11 of 111")
                    .hasSize(1);
        }
    }

    @Test
    void aNewerUpsertOfAHeldBackDocumentCountsAndIsNotDeletedByTheReleasedFilter() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);
            job.deleteByFilter(2, "doc-");
            job.upsert("doc-3", 3);

            job.approve();

            assertThat(job.deleted()).hasSize(19).doesNotContain("doc-3@2");
        }
    }

    @Test
    void recordsThatComeTwiceAreHeldBackTwiceAndEachHasItsOutcome() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);
            job.deleteByFilter(2, "doc-");
            job.deleteByFilter(2, "doc-");
            job.delete("doc-1", 3);
            job.delete("doc-1", 3);
            assertThat(job.parkedOffsets()).hasSize(4);

            job.approve();

            assertThat(job.receipts())
                    .extracting(ChangeReceipt::outcome)
                    .containsExactly(Outcome.APPLIED, Outcome.UNCHANGED);
            assertThat(job.deleted()).hasSize(22);
        }
    }

    @Test
    void aCommandThatComesTwiceOrIsForAnotherOrForOthersDoesNothing() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.command(Kind.APPROVE, "once", "acme");
            job.upserts(0, 20, 1);
            job.deleteByFilter(2, "doc-");

            job.command(Kind.APPROVE, "once", "acme");
            job.command(Kind.APPROVE, "twice", "other");
            job.command(Kind.REBUILD, "thrice", null);
            job.command(Kind.PAUSE, "four times", "acme");
            assertThat(job.deleted()).isEmpty();

            job.command(Kind.APPROVE, "five times", "acme");
            assertThat(job.deleted()).hasSize(20);
        }
    }

    @Test
    void whatWasHeldBackSurvivesARestartAndSoDoesTheWindow() throws Exception {
        OperatorSubtaskState snapshot;
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 100, 1);
            job.deletes(0, 55, 2);
            snapshot = job.snapshot();
        }
        try (var restarted = GuardHarness.restored(10, snapshot)) {
            restarted.delete("doc-55", 2);
            assertThat(restarted.parked()).isEqualTo(6);
            restarted.discard();
            restarted.delete("doc-56", 2);
            assertThat(restarted.parked()).isEqualTo(1);

            restarted.approve();

            assertThat(restarted.parked()).isZero();
            assertThat(restarted.deleted()).containsExactly("doc-56@2");
            assertThat(restarted.deadLetters()).hasSize(6);
        }
    }

    @Test
    void heldBackRecordsAreBoundedInBytesAndTheRestIsDeadLettered() throws Exception {
        try (var job = GuardHarness.holdingBackOver(10)) {
            job.upserts(0, 20, 1);
            job.deleteByFilter(2, "doc-");
            byte[] large = new byte[10 << 20];
            for (int i = 0; i < 7; i++) {
                job.read(DocumentChange.delete(
                        GuardHarness.key("doc-" + i), GuardHarness.order(3), GuardHarness.TIME, job.raw(large)));
            }
            assertThat(job.parkedOffsets()).hasSize(7);
            assertThat(job.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo("too_many_held_back");
                assertThat(letter.value()).hasSize(10 << 20);
            });

            job.approve();
            job.delete("doc-0", 4);

            assertThat(job.deleted()).hasSize(20 + 6 + 1);
        }
    }

    private static List<String> ids(int from, int to, long version) {
        return IntStream.range(from, to)
                .mapToObj(i -> "doc-" + i + "@" + version)
                .toList();
    }
}
