package dev.freshet.ingest.revise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.Operation;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.deadletter.DeadLetters;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReviseStageTest {
    private static final Duration TTL = Duration.ofDays(30);
    private static final int MOST_CHUNKS = 20;
    private static final String PATCHED = "{\"team\":\"x\"}";

    @Test
    void aLateUpsertAfterADeleteIsSupersededAlsoAfterARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (var job = open(null)) {
            job.processElement(Changes.upsert("a", 1, "text"), 0);
            job.processElement(Changes.delete("a", 3), 0);
            snapshot = job.snapshot(1, 1);
        }
        try (var restarted = open(snapshot)) {
            restarted.processElement(Changes.upsert("a", 2, "late"), 0);

            assertThat(restarted.extractOutputValues()).singleElement().satisfies(ReviseStageTest::isSuperseded);
        }
    }

    @Test
    void aTombstoneExpires() throws Exception {
        try (var job = open(null)) {
            job.processElement(Changes.delete("a", 3), 0);

            job.setProcessingTime(TTL.toMillis() - 1);
            assertThat(job.numKeyedStateEntries()).isEqualTo(2);
            job.setProcessingTime(TTL.toMillis());

            assertThat(job.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void aDocumentThatLivesAgainDoesNotExpire() throws Exception {
        try (var job = open(null)) {
            job.processElement(Changes.delete("a", 3), 0);
            job.processElement(Changes.upsert("a", 4, "back"), 0);

            job.setProcessingTime(TTL.toMillis() * 2);
            job.processElement(Changes.upsert("a", 2, "late"), 0);

            assertThat(job.extractOutputValues().getLast()).satisfies(ReviseStageTest::isSuperseded);
        }
    }

    @Test
    void aSecondDeleteStartsTheTimeAnew() throws Exception {
        try (var job = open(null)) {
            job.processElement(Changes.delete("a", 3), 0);
            job.setProcessingTime(TTL.toMillis() / 2);
            job.processElement(Changes.delete("a", 5), 0);

            job.setProcessingTime(TTL.toMillis() + 1);
            job.processElement(Changes.upsert("a", 4, "late"), 0);

            assertThat(job.extractOutputValues())
                    .extracting(Revision::outcome)
                    .containsExactly(Outcome.APPLIED, Outcome.UNCHANGED, Outcome.SUPERSEDED);
            assertThat(job.extractOutputValues().getLast()).satisfies(ReviseStageTest::isSuperseded);
        }
    }

    /** An attempt before this one may have read them the other way round. */
    @Test
    void whatIsLeftOfAnUpsertThatClaimsTheVersionOfAnotherIsRemovedAndNotReported() throws Exception {
        try (var job = open(null)) {
            job.processElement(Changes.upsert("a", 3, "one"), 0);
            job.processElement(Changes.upsert("a", 3, "other"), 0);

            assertThat(job.getSideOutput(DeadLetters.TAG)).hasSize(1);
            assertThat(job.extractOutputValues().getLast()).satisfies(revision -> {
                assertThat(revision).satisfies(ReviseStageTest::isSuperseded);
                assertThat(revision.refused()).isTrue();
            });
        }
    }

    @Test
    void aPatchWithoutItsDocumentIsRememberedAcrossARestartAndExpires() throws Exception {
        OperatorSubtaskState snapshot;
        try (var job = open(null)) {
            job.processElement(Changes.patch("early", 3, PATCHED, null), 0);
            job.processElement(Changes.patch("alone", 3, PATCHED, null), 0);
            snapshot = job.snapshot(1, 1);
            assertThat(job.receipts()).extracting(ChangeReceipt::outcome).containsOnly(Outcome.UNCHANGED);
        }
        try (var restarted = open(snapshot)) {
            restarted.processElement(Changes.upsert("early", 2, "text"), 0);
            restarted.setProcessingTime(TTL.toMillis());
            restarted.processElement(Changes.upsert("alone", 2, "text"), 0);

            assertThat(restarted.extractOutputValues())
                    .extracting(revision ->
                            Objects.requireNonNull(revision.fields()).metadata())
                    .containsExactly(PATCHED, "{}");
        }
    }

    @Test
    void theLanguageOfANewTextIsFoundAndStays() throws Exception {
        try (var job = open(null)) {
            job.processElement(Changes.upsert("a", 1, "auf deutsch"), 0);
            job.processElement(Changes.upsert("a", 2, "auf deutsch"), 0);
            job.processElement(Changes.patch("a", 3, PATCHED, null), 0);
            job.processElement(Changes.upsert("a", 4, "in another language"), 0);

            assertThat(job.extractOutputValues())
                    .filteredOn(revision -> revision.fields() != null)
                    .extracting(revision ->
                            Objects.requireNonNull(revision.fields()).language())
                    .containsExactly("de", "de", null);
            assertThat(job.extractOutputValues())
                    .extracting(Revision::outcome)
                    .as("the language of a known text is no news")
                    .containsExactly(Outcome.APPLIED, Outcome.UNCHANGED, Outcome.APPLIED, Outcome.APPLIED);
        }
    }

    @Test
    void aPatchedDocumentDoesNotExpire() throws Exception {
        try (var job = open(null)) {
            job.processElement(Changes.patch("a", 3, PATCHED, null), 0);
            job.processElement(Changes.upsert("a", 2, "text"), 0);
            job.processElement(Changes.patch("a", 4, null, List.of("group:a")), 0);

            job.setProcessingTime(TTL.toMillis() * 2);
            job.processElement(Changes.patch("a", 3, PATCHED, null), 0);

            assertThat(job.receipts()).last().extracting(ChangeReceipt::outcome).isEqualTo(Outcome.UNCHANGED);
            assertThat(job.extractOutputValues())
                    .extracting(Revision::operation)
                    .containsExactly(Operation.UPSERT, Operation.PATCH);
        }
    }

    @Test
    void aDocumentOfTooManyChunksIsDeadLetteredAndTheOldOneStays() throws Exception {
        try (var job = open(null)) {
            job.processElement(Changes.upsert("a", 1, "text"), 0);
            job.processElement(Changes.upsert("a", 2, "a b c d e f g h i j k l\n\n".repeat(20 * MOST_CHUNKS)), 0);
            job.processElement(Changes.upsert("a", 1, "text"), 0);

            assertThat(job.getSideOutput(DeadLetters.TAG))
                    .singleElement()
                    .extracting(element -> element.getValue())
                    .satisfies(letter -> {
                        assertThat(letter.scope()).isEqualTo(DeadLetter.Scope.RECORD);
                        assertThat(letter.stage()).isEqualTo("revise");
                        assertThat(letter.reason()).isEqualTo("too_many_chunks");
                        assertThat(letter.value()).isNotEmpty();
                    });
            assertThat(job.receipts()).extracting(ChangeReceipt::outcome).containsExactly(Outcome.UNCHANGED);
        }
    }

    /** It changes nothing, and names what a crashed attempt may have left of it. */
    private static void isSuperseded(Revision revision) {
        assertThat(revision.outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(revision.manifest()).isNotEmpty();
        assertThat(revision.added()).isEmpty();
    }

    private static ReviseHarness open(@Nullable OperatorSubtaskState snapshot) throws Exception {
        ReviseStage stage = new ReviseStage(
                () -> new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(10, 40)),
                () -> text -> text.contains("deutsch") ? "de" : null,
                MOST_CHUNKS,
                TTL);
        return ReviseHarness.open(stage, snapshot);
    }
}
