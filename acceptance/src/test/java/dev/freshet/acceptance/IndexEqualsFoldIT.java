package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.DEADLINE;
import static dev.freshet.acceptance.Pipeline.upsert;
import static dev.freshet.acceptance.Pipeline.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.reliability.Survives;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.StackOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** I1 and I2 on real Kafka, Flink and OpenSearch: one stack, whose index must equal the fold of all that was sent to it so far. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IndexEqualsFoldIT {
    @TempDir
    private static Path home;

    private static Pipeline pipeline;
    private static Documents documents;
    private static Outcomes outcomes;

    @BeforeAll
    static void start() {
        pipeline = Pipeline.start(StackOptions.wholeForTests(home, "--checkpoint-interval", "3s"));
        documents = pipeline.documents();
        outcomes = pipeline.outcomes();
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    @Order(1)
    void malformedRecordsAreDeadLetteredWithTheirOffsetAndTheJobLives() throws Exception {
        for (int i = 0; i < 1_100; i++) {
            if (i % 11 == 10) {
                documents.send(utf8("acme/doc-" + i), utf8("{\"op\":\"upsert\""));
            } else {
                documents.send(upsert("doc-" + i, i, "Document number " + i + " says something."));
            }
        }

        List<RawRecord> log = documents.log();
        outcomes.readAll(log, DEADLINE);

        assertThat(outcomes.receipts()).hasSize(1_000);
        assertThat(outcomes.receipts().values())
                .extracting(ChangeReceipt::outcome)
                .containsOnly(Outcome.APPLIED);
        assertThat(outcomes.deadLetters()).hasSize(100);
        assertThat(outcomes.deadLetters().values()).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("malformed_json");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{\"op\":\"upsert\"");
        });
        pipeline.assertIndexEqualsFold();
    }

    @Test
    @Order(2)
    void aRecordOverTheLimitIsDeadLetteredWholeAndTheJobLives() throws Exception {
        ChangeEnvelope huge = upsert("huge", 1, "word ".repeat(3_000_000));
        documents.send(huge);
        documents.send(upsert("small", 1, "A small document after the huge one."));
        List<RawRecord> log = documents.log();

        outcomes.readAll(log, DEADLINE);

        assertThat(outcomes.deadLetters().get(log.get(log.size() - 2).position()))
                .isNotNull()
                .satisfies(letter -> {
                    assertThat(letter.reason()).isEqualTo("record_too_large");
                    assertThat(letter.value()).isEqualTo(huge.recordValue());
                });
        assertThat(outcomes.receipts()).containsKey(log.getLast().position());
    }

    @Test
    @Order(3)
    @Survives("F1")
    void theIndexEqualsTheFoldOfARealEditHistoryThoughTheTaskManagerIsKilled() throws Exception {
        List<ChangeEnvelope> history = Handbook.changes("handbook", 1_500);
        int before = documents.log().size();
        history.forEach(documents::send);
        List<RawRecord> log = documents.log();
        outcomes.readUntil(
                "a third of the history is indexed",
                () -> outcomes.receipts().size() >= before + history.size() / 3,
                DEADLINE);

        pipeline.stack().kill(Component.TASKMANAGER);

        assertThat(log).hasSize(before + history.size());
        pipeline.assertIndexEqualsFold();
    }

    @Test
    @Order(4)
    @Survives("F6")
    void theSameHistoryAgainChangesNothingAndEmbedsNothing() throws Exception {
        List<ChangeEnvelope> history = Handbook.changes("handbook", 500);
        int before = documents.log().size();
        history.forEach(documents::send);
        List<RawRecord> log = documents.log();

        outcomes.readAll(log, DEADLINE);

        assertThat(log.subList(before, log.size()))
                .extracting(record -> outcomes.receipts().get(record.position()))
                .doesNotContainNull()
                .allSatisfy(receipt -> {
                    assertThat(receipt.outcome()).isNotEqualTo(Outcome.APPLIED);
                    assertThat(receipt.tokensEmbedded()).isZero();
                });
        pipeline.assertIndexEqualsFold();
    }

    @Test
    @Order(5)
    void theAccountOfThePartitionsAddsUpThoughTheTaskManagerWasKilled() throws Exception {
        List<RawRecord> log = documents.log();
        OutcomeCounts expected = new OutcomeCounts(
                log.size(),
                receipts(Outcome.APPLIED),
                receipts(Outcome.UNCHANGED),
                receipts(Outcome.SUPERSEDED),
                outcomes.deadLetters().size(),
                0,
                0);

        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            Map<String, IndexWatermark> newest =
                    Watermarks.newest(pipeline.stack().kafkaBootstrapServers());
            assertThat(Watermarks.counts(newest)).isEqualTo(expected);
            for (RawRecord record : log) {
                SourcePosition position = record.position();
                assertThat(newest.get(position.topicPartition()))
                        .isNotNull()
                        .satisfies(
                                watermark -> assertThat(watermark.offset()).isGreaterThanOrEqualTo(position.offset()));
            }
        });
    }

    private static long receipts(Outcome outcome) {
        return outcomes.receipts().values().stream()
                .filter(receipt -> receipt.outcome() == outcome)
                .count();
    }
}
