package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.core.reliability.Survives;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
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
    private static final Duration DEADLINE = Duration.ofMinutes(8);
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private static Path home;

    private static LocalStack stack;
    private static Documents documents;
    private static Outcomes outcomes;

    @BeforeAll
    static void start() {
        EnumSet<Component> withoutApi = EnumSet.complementOf(EnumSet.of(Component.API));
        stack = LocalStack.start(
                StackOptions.wholeForTests(home, "--checkpoint-interval", "3s").withComponents(withoutApi));
        documents = new Documents(stack.kafkaBootstrapServers());
        outcomes = new Outcomes(stack.kafkaBootstrapServers());
    }

    @AfterAll
    static void stop() {
        try (LocalStack all = stack;
                Documents producer = documents;
                Outcomes consumer = outcomes) {
            assertThat(all).isNotNull();
        }
    }

    @Test
    @Order(1)
    void malformedRecordsAreDeadLetteredWithTheirOffsetAndTheJobLives() throws Exception {
        for (int i = 0; i < 1_100; i++) {
            if (i % 11 == 10) {
                documents.send(
                        ("acme/doc-" + i).getBytes(StandardCharsets.UTF_8),
                        "{\"op\":\"upsert\"".getBytes(StandardCharsets.UTF_8));
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
        assertIndexEqualsFold(log);
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

        stack.kill(Component.TASKMANAGER);

        outcomes.readAll(log, DEADLINE);
        assertThat(log).hasSize(before + history.size());
        assertIndexEqualsFold(log);
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
        assertIndexEqualsFold(log);
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
            Map<String, IndexWatermark> newest = Watermarks.newest(stack.kafkaBootstrapServers());
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

    private static void assertIndexEqualsFold(List<RawRecord> log) throws Exception {
        Oracle oracle =
                new Oracle(Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, "minilm"), ChangeReader.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(oracle.differences(new OpenSearchSnapshot(stack.openSearch()).read()))
                .isEmpty();
        assertThat(outcomes.chunkLetters()).isEmpty();
    }

    private static ChangeEnvelope upsert(String id, long version, String text) {
        return ChangeEnvelope.upsert(
                new DocumentKey("acme", id), new ChangeOrder(0, version), TIME, "text/plain", text);
    }
}
