package dev.freshet.ingest.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.account.OutcomeKind;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.ingest.parse.ReadRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountStageTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final List<OutcomeKind> FINAL =
            List.of(OutcomeKind.APPLIED, OutcomeKind.UNCHANGED, OutcomeKind.SUPERSEDED, OutcomeKind.DEAD_LETTERED);
    private static final long WRITTEN = TIME.plusSeconds(5).toEpochMilli();

    private KeyedTwoInputStreamOperatorTestHarness<String, ReadRecord, RecordOutcome, IndexWatermark> job;
    private long now;
    private IndexWatermark newest = new IndexWatermark("documents", 3, -1, null, OutcomeCounts.NONE, TIME);

    @BeforeEach
    void start() throws Exception {
        job = open(null);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    @Test
    void theWatermarkStaysBelowTheLowestRecordThatIsPending() throws Exception {
        read(0, 1, 2, 3);
        settle(OutcomeKind.APPLIED, 0, 2, 3);
        assertThat(watermark().offset()).isZero();

        settle(OutcomeKind.SUPERSEDED, 1);
        assertThat(watermark().offset()).isEqualTo(3);
    }

    @Test
    void aGapInTheOffsetsIsNothingToWaitFor() throws Exception {
        read(3, 4, 9);
        settle(OutcomeKind.APPLIED, 3, 4);
        assertThat(watermark().offset()).isEqualTo(8);

        settle(OutcomeKind.APPLIED, 9);
        assertThat(watermark().offset()).isEqualTo(9);
    }

    @Test
    void beforeTheFirstOutcomeThereIsNoEventTime() throws Exception {
        read(0);

        assertThat(watermark()).satisfies(first -> {
            assertThat(first.offset()).isEqualTo(-1);
            assertThat(first.eventTime()).isNull();
            assertThat(first.counts()).isEqualTo(new OutcomeCounts(1, 0, 0, 0, 0, 0, 1));
        });
    }

    @Test
    void theEventTimeIsThatOfTheRecordAtTheWatermark() throws Exception {
        read(0, 1, 2, 3);
        settle(OutcomeKind.APPLIED, 1, 0, 3);
        assertThat(watermark().eventTime()).isEqualTo(TIME.plusSeconds(1));

        // A record that nobody could read has only the time at which it was written.
        settle(RecordOutcome.deadLettered(position(2)));
        assertThat(watermark().eventTime()).isEqualTo(TIME.plusSeconds(3));
        read(4);
        settle(RecordOutcome.deadLettered(position(4)));
        assertThat(watermark().eventTime()).isEqualTo(Instant.ofEpochMilli(WRITTEN));
    }

    @Test
    void anOutcomeMayComeBeforeItsRecord() throws Exception {
        settle(OutcomeKind.APPLIED, 1);
        read(0);
        assertThat(watermark().counts()).isEqualTo(new OutcomeCounts(1, 0, 0, 0, 0, 0, 1));

        read(1);
        settle(OutcomeKind.UNCHANGED, 0);

        assertThat(watermark()).satisfies(last -> {
            assertThat(last.offset()).isEqualTo(1);
            assertThat(last.counts()).isEqualTo(new OutcomeCounts(2, 1, 1, 0, 0, 0, 0));
        });
    }

    @Test
    void aParkedRecordIsPassedAndLaterCountedAsWhatItBecomes() throws Exception {
        read(0, 1);
        settle(RecordOutcome.parked(position(0)));
        settle(OutcomeKind.APPLIED, 1);
        assertThat(watermark()).satisfies(passed -> {
            assertThat(passed.offset()).isEqualTo(1);
            assertThat(passed.counts()).isEqualTo(new OutcomeCounts(2, 1, 0, 0, 0, 1, 0));
        });

        settle(OutcomeKind.APPLIED, 0);

        assertThat(watermark().counts()).isEqualTo(new OutcomeCounts(2, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void aParkedRecordIsDecidedOnce() throws Exception {
        read(0, 1);
        settle(RecordOutcome.parked(position(0)));
        settle(RecordOutcome.parked(position(1)));
        settle(RecordOutcome.parked(position(1)));
        settle(OutcomeKind.APPLIED, 0, 0);

        assertThat(watermark().counts()).isEqualTo(new OutcomeCounts(2, 1, 0, 0, 0, 1, 0));
    }

    @Test
    void aDecisionMayComeBeforeTheRecordThatWasParked() throws Exception {
        settle(RecordOutcome.parked(position(0)));
        settle(OutcomeKind.SUPERSEDED, 0);
        read(0);

        assertThat(watermark().counts()).isEqualTo(new OutcomeCounts(1, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void aSecondOutcomeIsNotCounted() throws Exception {
        read(0);
        settle(OutcomeKind.APPLIED, 0, 0);
        assertThat(watermark().counts()).isEqualTo(new OutcomeCounts(1, 1, 0, 0, 0, 0, 0));

        // Neither when the watermark has passed it.
        settle(OutcomeKind.UNCHANGED, 0);
        assertThat(job.numKeyedStateEntries()).isEqualTo(1);
    }

    @Test
    void watermarksComeOnceASecondAndOnlyWhenSomethingChanged() throws Exception {
        read(0, 1, 2);
        settle(OutcomeKind.APPLIED, 0, 1, 2);
        job.setProcessingTime(now += 999);
        assertThat(job.extractOutputValues()).isEmpty();

        job.setProcessingTime(now += 1);
        assertThat(job.extractOutputValues()).hasSize(1);
        job.setProcessingTime(now += 60_000);
        assertThat(job.extractOutputValues()).hasSize(1);
    }

    @Test
    void theEndOfABoundedInputIsToldAtOnce() throws Exception {
        read(0);
        settle(OutcomeKind.APPLIED, 0);

        job.processBothWatermarks(Watermark.MAX_WATERMARK);

        assertThat(job.extractOutputValues())
                .singleElement()
                .satisfies(last -> assertThat(last.offset()).isZero());
    }

    @Test
    void partitionsHaveAccountsOfTheirOwn() throws Exception {
        job.processElement1(new StreamRecord<>(new ReadRecord(new SourcePosition("documents", 0, 7), WRITTEN)));
        job.processElement1(new StreamRecord<>(new ReadRecord(new SourcePosition("documents", 1, 8), WRITTEN)));
        job.setProcessingTime(now += 1_000);

        assertThat(job.extractOutputValues())
                .extracting(IndexWatermark::key, IndexWatermark::offset)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("documents-0", 6L),
                        org.assertj.core.groups.Tuple.tuple("documents-1", 7L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inWhateverOrderTheCountsAddUpAlsoAfterCrashes(long seed) throws Exception {
        Random random = new Random(seed);
        Set<Long> read = new HashSet<>();
        Set<Long> settled = new HashSet<>();
        for (Runnable step : inRandomOrder(random, read, settled)) {
            step.run();
            if (random.nextInt(20) == 0) {
                OperatorSubtaskState snapshot = job.snapshot(1, now);
                job.close();
                job = open(snapshot);
            }
            if (random.nextInt(5) == 0) {
                assertThat(watermark()).satisfies(watermark -> assertRight(watermark, read, settled));
            }
        }
        assertThat(watermark().offset()).isEqualTo(Collections.max(read));
        assertThat(job.numKeyedStateEntries()).as("only the account is left").isEqualTo(1);
    }

    /** Reads in the order of their offsets, and an outcome for each of them at any time. */
    private List<Runnable> inRandomOrder(Random random, Set<Long> read, Set<Long> settled) {
        List<Runnable> steps = new ArrayList<>();
        List<Long> offsets =
                random.longs(200, 0, 400).distinct().sorted().boxed().toList();
        for (long offset : offsets) {
            steps.add(() -> {
                read(offset);
                read.add(offset);
            });
        }
        for (long offset : offsets) {
            OutcomeKind kind = FINAL.get(random.nextInt(FINAL.size()));
            steps.add(random.nextInt(steps.size() + 1), () -> {
                settle(kind, offset);
                settled.add(offset);
            });
        }
        return steps;
    }

    private static void assertRight(IndexWatermark watermark, Set<Long> read, Set<Long> settled) {
        OutcomeCounts counts = watermark.counts();
        assertThat(counts.records()).isEqualTo(read.size());
        assertThat(counts.applied() + counts.unchanged() + counts.superseded() + counts.deadLettered())
                .isEqualTo(read.stream().filter(settled::contains).count());
        assertThat(counts.pending())
                .isEqualTo(read.stream()
                        .filter(offset -> !settled.contains(offset))
                        .count());
        long expected = read.stream()
                .filter(offset -> !settled.contains(offset))
                .mapToLong(offset -> offset - 1)
                .min()
                .orElse(read.isEmpty() ? -1 : Collections.max(read));
        assertThat(watermark.offset()).isEqualTo(expected);
    }

    private void read(long... offsets) {
        for (long offset : offsets) {
            run(() -> job.processElement1(new StreamRecord<>(new ReadRecord(position(offset), WRITTEN))));
        }
    }

    private void settle(OutcomeKind kind, long... offsets) {
        for (long offset : offsets) {
            settle(new RecordOutcome(position(offset), kind, TIME.plusSeconds(offset)));
        }
    }

    private void settle(RecordOutcome outcome) {
        run(() -> job.processElement2(new StreamRecord<>(outcome)));
    }

    /** The newest watermark, a second later. */
    private IndexWatermark watermark() throws Exception {
        job.setProcessingTime(now += 1_000);
        List<IndexWatermark> told = job.extractOutputValues();
        // After a restart nothing is told that was told before.
        newest = told.isEmpty() ? newest : told.getLast();
        return newest;
    }

    private static SourcePosition position(long offset) {
        return new SourcePosition("documents", 3, offset);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private KeyedTwoInputStreamOperatorTestHarness<String, ReadRecord, RecordOutcome, IndexWatermark> open(
            @org.jspecify.annotations.Nullable OperatorSubtaskState snapshot) throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new AccountStage()),
                read -> read.position().topicPartition(),
                outcome -> outcome.origin().topicPartition(),
                Types.STRING);
        harness.setProcessingTime(now);
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }
}
