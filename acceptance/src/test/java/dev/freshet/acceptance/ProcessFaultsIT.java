package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.DEADLINE;
import static dev.freshet.acceptance.Pipeline.delete;
import static dev.freshet.acceptance.Pipeline.page;
import static dev.freshet.acceptance.Pipeline.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.reliability.Survives;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One process after the other dies under load, and comes back: after each the index equals the fold of all that was sent. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProcessFaultsIT {
    private static final int DOCUMENTS = 240;

    @TempDir
    private static Path home;

    private static Pipeline pipeline;
    private static int version;

    @BeforeAll
    static void start() {
        pipeline = Pipeline.start(StackOptions.wholeForTests(home, "--checkpoint-interval", "2s"));
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    @Order(1)
    @Survives("F16")
    void aDocumentThatShrinksAndIsDeletedLeavesNoOrphanChunk() throws Exception {
        pipeline.documents().send(upsert("shrinking", 1, page("shrinking", 10)));
        pipeline.documents().send(upsert("shrinking", 2, page("shrinking", 3)));
        pipeline.assertIndexEqualsFold();
        assertThat(receiptOfLast().chunksRemoved()).isGreaterThanOrEqualTo(7);

        pipeline.documents().send(delete("shrinking", 3));

        pipeline.assertIndexEqualsFold();
        assertThat(new OpenSearchSnapshot(pipeline.stack().openSearch()).read().chunks())
                .isEmpty();
    }

    @Test
    @Order(2)
    @Survives("F5")
    void theBrokerIsKilledUnderLoad() throws Exception {
        killUnderLoad(Component.KAFKA);
    }

    @Test
    @Order(3)
    @Survives("F14")
    void openSearchIsKilledInMidBulk() throws Exception {
        killUnderLoad(Component.OPENSEARCH);
    }

    @Test
    @Order(4)
    @Survives("F3")
    void theJobManagerIsKilled() throws Exception {
        killUnderLoad(Component.JOBMANAGER);
    }

    private static void killUnderLoad(Component component) throws Exception {
        version++;
        int before = pipeline.documents().log().size();
        for (int i = 0; i < DOCUMENTS; i++) {
            pipeline.documents()
                    .send(upsert("doc-" + i, version, page(component + " round " + version + " no " + i, 2)));
        }
        pipeline.documents().log();
        pipeline.outcomes()
                .readUntil(
                        "some of them are indexed",
                        () -> pipeline.outcomes().receipts().size() >= before + DOCUMENTS / 4,
                        DEADLINE);

        pipeline.stack().kill(component);

        pipeline.assertIndexEqualsFold();
    }

    @Test
    @Order(5)
    @Survives("F15")
    void anIndexThatIsReadOnlyIsWaitedFor() throws Exception {
        OpenSearchSettings settings = new OpenSearchSettings(pipeline.stack().openSearch());
        settings.put("index.blocks.write", "true");
        for (int i = 0; i < 50; i++) {
            pipeline.documents()
                    .send(upsert("blocked-" + i, 1, "Document " + i + " waits for the block to be lifted."));
        }
        pipeline.documents().log();
        // All of them are read, and none can end: the index takes nothing.
        Awaitility.await("all blocked changes are pending")
                .atMost(DEADLINE)
                .until(() ->
                        Watermarks.counts(Watermarks.newest(pipeline.stack().kafkaBootstrapServers()))
                                        .pending()
                                == 50);

        settings.put("index.blocks.write", null);

        pipeline.assertIndexEqualsFold();
    }

    @Test
    @Order(6)
    @Survives("F8")
    void aStaleUpsertLongAfterADeleteStaysDeleted() throws Exception {
        OpenSearchSettings settings = new OpenSearchSettings(pipeline.stack().openSearch());
        // The index forgets its own tombstones at once: only the job remembers.
        settings.put("index.gc_deletes", "0s");
        pipeline.documents().send(upsert("deleted", 5, "It is here."));
        pipeline.documents().send(delete("deleted", 6));
        pipeline.assertIndexEqualsFold();

        pipeline.documents().send(upsert("deleted", 4, "It comes too late."));

        pipeline.assertIndexEqualsFold();
        assertThat(receiptOfLast().outcome()).isEqualTo(Outcome.SUPERSEDED);
        // As it was made: else a replay would let chunks appear again until it reaches their delete.
        settings.put("index.gc_deletes", "1h");
    }

    @Test
    @Order(7)
    @Survives("F9")
    void anAbortedTransactionIsNeverIndexed() throws Exception {
        ChangeEnvelope aborted = upsert("aborted", 1, "Nobody may read this.");
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        pipeline.stack().kafkaBootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "aborting"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>("documents", aborted.recordKey(), aborted.recordValue()));
            producer.flush();
            producer.abortTransaction();
        }
        // The same key, so the same partition: when this is through, the aborted record was passed.
        pipeline.documents().send(upsert("aborted", 2, "Everybody may read this."));

        pipeline.assertIndexEqualsFold();
        assertThat(receiptOfLast().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @Order(8)
    @Survives({"F6", "F7"})
    void everyRecordTwiceAndInAnotherOrderEmbedsNothingTwice() throws Exception {
        List<RawRecord> log = pipeline.documents().log();
        int before = log.size();
        for (RawRecord record : log.reversed()) {
            pipeline.documents().send(record.key(), record.value());
        }

        pipeline.assertIndexEqualsFold();

        List<RawRecord> again = pipeline.documents().log();
        assertThat(again.subList(before, again.size()))
                .extracting(record -> pipeline.outcomes().receipts().get(record.position()))
                .allSatisfy(receipt -> {
                    assertThat(receipt.outcome()).isIn(Outcome.UNCHANGED, Outcome.SUPERSEDED);
                    assertThat(receipt.tokensEmbedded()).isZero();
                });
    }

    @Test
    @Order(9)
    @Survives({"B1", "B2", "B3", "B5", "B6", "B20", "B26"})
    void hostileInputIsDeadLetteredAndTheJobLives() throws Exception {
        int before = pipeline.documents().log().size();
        HostileInputs.ALL.forEach(input -> pipeline.documents().send(input.key(), input.value()));
        pipeline.documents().send(upsert("after-all", 1, "The job lives."));

        pipeline.assertIndexEqualsFold();

        List<RawRecord> log = pipeline.documents().log();
        for (int i = 0; i < HostileInputs.ALL.size(); i++) {
            HostileInputs.Input input = HostileInputs.ALL.get(i);
            RawRecord record = log.get(before + i);
            assertThat(pipeline.outcomes().deadLetters().get(record.position()))
                    .as(input.what())
                    .isNotNull()
                    .satisfies(letter -> {
                        assertThat(letter.reason()).as(input.what()).isEqualTo(input.reason());
                        assertThat(letter.value()).as(input.what()).isEqualTo(input.value());
                    });
        }
        // A version that was refused has not bricked the key.
        pipeline.documents().send(upsert(HostileInputs.BRICKED, 1, "A sane version is accepted."));
        pipeline.assertIndexEqualsFold();
        assertThat(receiptOfLast().outcome()).isEqualTo(Outcome.APPLIED);
    }

    private static ChangeReceipt receiptOfLast() throws Exception {
        RawRecord last = pipeline.documents().log().getLast();
        return Objects.requireNonNull(
                pipeline.outcomes().receipts().get(last.position()), "the last record has a receipt");
    }
}
