package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.fair.TenantAmounts;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.core.reliability.Survives;
import dev.freshet.ingest.guard.GuardLimits;
import dev.freshet.ingest.inflight.InFlightLimits;
import dev.freshet.ingest.inflight.WaitingLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestTopologyTest {
    private static final DocumentKey KEY = new DocumentKey("acme", "a");
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private final String name = UUID.randomUUID().toString();
    private final Outside outside = Outside.named(name);
    private InFlightLimits inFlight = new InFlightLimits(50, 1 << 20);
    private WaitingLimits waiting = Topologies.FIRST_COME;

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4"})
    void theIndexEqualsTheFoldOfAShuffledLogWithDuplicates(long seed, int parallelism) throws Exception {
        List<RawRecord> log = Logs.shuffled(seed, 600, 40);

        run(log, parallelism);

        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.receipts).hasSize(log.size());
        assertThat(outside.deadLetters).isEmpty();
        assertThat(outcomes()).isEqualTo(Set.of(Outcome.APPLIED, Outcome.UNCHANGED, Outcome.SUPERSEDED));
    }

    @Test
    void everyRecordEndsAsOneReceiptOrOneDeadLetterWithItsPosition() throws Exception {
        List<RawRecord> log = new ArrayList<>();
        for (int i = 0; i < 110; i++) {
            log.add(i % 11 == 10 ? Logs.malformed(i) : Logs.record(i, upsert(i, "text " + i)));
        }

        run(log, 2);

        assertThat(outside.receipts).hasSize(100);
        assertThat(outside.deadLetters).hasSize(10).allSatisfy(letter -> {
            assertThat(letter.scope()).isEqualTo(DeadLetter.Scope.RECORD);
            assertThat(letter.origin().offset() % 11).isEqualTo(10);
            assertThat(letter.reason()).isEqualTo("malformed_json");
            assertThat(letter.value()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void whenAllIsReadTheAccountsOfThePartitionsAddUp(int readers) throws Exception {
        List<RawRecord> log = new ArrayList<>(Logs.shuffled(4, 200, 20));
        for (int malformed = 0; malformed < 6; malformed++) {
            log.add(Logs.malformed(log.size()));
        }
        // As with Kafka, one partition is read by one subtask: each gets its part of the log in one piece.
        log.replaceAll(
                record -> Logs.inPartition(Math.toIntExact(record.position().offset() * readers / log.size()), record));

        run(log, readers);

        Map<String, IndexWatermark> last = new HashMap<>();
        outside.watermarks.forEach(watermark -> last.put(watermark.key(), watermark));
        assertThat(last).hasSize(readers);
        assertThat(last.get("documents-" + (readers - 1)))
                .isNotNull()
                .satisfies(watermark -> assertThat(watermark.offset()).isEqualTo(log.size() - 1));
        assertThat(last.values().stream().map(IndexWatermark::counts).reduce(OutcomeCounts.NONE, OutcomeCounts::plus))
                .isEqualTo(new OutcomeCounts(
                        log.size(),
                        receipts(Outcome.APPLIED),
                        receipts(Outcome.UNCHANGED),
                        receipts(Outcome.SUPERSEDED),
                        6,
                        0,
                        0));
    }

    @Test
    void anEditEmbedsOnlyTheChunksThatAreNew() throws Exception {
        String page = "# One\n\n" + "alpha ".repeat(30) + "\n\n# Two\n\n" + "beta ".repeat(30) + "\n\n";

        run(List.of(Logs.record(0, upsert(1, page)), Logs.record(1, upsert(2, page.replace("beta", "gamma")))), 1);

        assertThat(outside.embedded).hasSize(3);
        assertThat(outside.embedded).filteredOn(text -> text.contains("gamma")).hasSize(1);
    }

    @Test
    void aTextThatMovesToAnotherDocumentIsNotEmbeddedAgain() throws Exception {
        String page = "# One\n\n" + "alpha ".repeat(30) + "\n\n# Two\n\n" + "beta ".repeat(30) + "\n\n";
        DocumentKey moved = new DocumentKey("acme", "moved");

        run(
                List.of(
                        Logs.record(0, upsert(1, page)),
                        Logs.record(1, ChangeEnvelope.delete(KEY, new ChangeOrder(0, 2), TIME)),
                        Logs.record(
                                2, ChangeEnvelope.upsert(moved, new ChangeOrder(0, 3), TIME, "text/markdown", page))),
                1);

        assertThat(outside.embedded).hasSize(2);
        assertThat(outside.index.snapshot().chunks().values())
                .hasSize(2)
                .allSatisfy(chunk -> assertThat(chunk.hasVector()).isTrue());
        assertThat(outside.receipts)
                .filteredOn(receipt -> receipt.key().equals(moved))
                .singleElement()
                .satisfies(receipt -> {
                    assertThat(receipt.chunksAdded()).isEqualTo(2);
                    assertThat(receipt.chunksEmbedded()).isZero();
                    assertThat(receipt.tokensEmbedded()).isZero();
                });
    }

    @Test
    void aChangeOfMetadataIsWrittenToEveryChunkAndEmbedsNothing() throws Exception {
        ChangeEnvelope first = upsert(1, "some text");
        ChangeEnvelope tagged = upsert(2, "some text").withAcl(List.of("group:platform"));

        run(List.of(Logs.record(0, first), Logs.record(1, tagged)), 1);

        assertThat(outside.embedded).hasSize(1);
        assertThat(outside.index.snapshot().chunks().values())
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.acl()).containsExactly("group:platform"));
    }

    @Test
    void aChunkThatTheModelRefusesIsIndexedWithoutVectorAndDeadLettered() throws Exception {
        run(List.of(Logs.record(0, upsert(1, "poison"))), 1);

        assertThat(outside.index.snapshot().chunks().values())
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.hasVector()).isFalse());
        assertThat(outside.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.scope()).isEqualTo(DeadLetter.Scope.CHUNK);
            assertThat(letter.stage()).isEqualTo("embed");
        });
        assertThat(outside.receipts).hasSize(1);
    }

    @Test
    @Survives("F12")
    void anEmbedderThatIsAwayAndABusyIndexDelayButLoseNothing() throws Exception {
        outside.embedderOutages.set(3);
        outside.busyBulks.set(3);
        List<RawRecord> log = Logs.shuffled(7, 60, 10);

        run(log, 1);

        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.embedderOutages).hasValue(0);
        assertThat(outside.busyBulks).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2"})
    void aBudgetThatEveryChangeExceedsHoldsNothingUpForEver(long seed, int parallelism) throws Exception {
        inFlight = new InFlightLimits(50, 1);
        outside.busyBulks.set(20);
        List<RawRecord> log = Logs.shuffled(seed, 100, 5);

        run(log, parallelism);

        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.receipts).hasSize(log.size());
    }

    /** Each has a quarter, which is enough for three of the documents; there are four for one of them. */
    @Test
    @Timeout(60)
    void theSubtasksOfAProcessShareTheCapOfATenant() throws Exception {
        waiting = new WaitingLimits(
                TenantAmounts.same(1), TenantAmounts.parse(List.of("acme=1500"), 0), 0.3, 100, 1 << 20, 1_000);
        List<RawRecord> log = new ArrayList<>();
        for (int document = 0; document < 12; document++) {
            String words = IntStream.range(document * 100, document * 100 + 100)
                    .mapToObj(word -> "w" + word)
                    .collect(Collectors.joining(" "));
            log.add(Logs.record(document, upsert(document, "text " + words)));
        }

        run(log, 4);

        assertThat(outside.receipts).hasSize(log.size());
    }

    @Test
    void filesBecomeTextOrDeadLettersInTheOrderOfTheLog() throws Exception {
        ChangeEnvelope first = page(1, "<p>first</p>");
        ChangeEnvelope second = page(2, "<p>a protected page</p>");
        ChangeEnvelope third = page(3, "third");

        run(List.of(Logs.record(0, first), Logs.record(1, second), Logs.record(2, third)), 2);

        assertThat(outside.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("encrypted");
            assertThat(letter.stage()).isEqualTo("extract");
            assertThat(letter.origin().offset()).isEqualTo(1);
        });
        assertThat(outside.receipts).hasSize(2);
        assertThat(outside.index.snapshot().documents().get(KEY)).isNotNull().satisfies(document -> {
            assertThat(document.title()).isEqualTo("Title of the file");
            assertThat(document.contentType()).isEqualTo("text/markdown");
        });
        assertThat(outside.index.snapshot().chunks().values())
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.text()).isEqualTo("third"));
    }

    private static ChangeEnvelope page(long version, String html) {
        return ChangeEnvelope.upsert(KEY, new ChangeOrder(0, version), TIME, "text/html", html);
    }

    @Test
    void aConflictingVersionIsDeadLetteredAndTheFirstStands() throws Exception {
        run(List.of(Logs.record(0, upsert(1, "first")), Logs.record(1, upsert(1, "second"))), 1);

        assertThat(outside.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("version_conflict");
            assertThat(letter.stage()).isEqualTo("revise");
        });
        assertThat(outside.index.snapshot().chunks().values())
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.text()).isEqualTo("first"));
    }

    @Test
    void deletesThatWouldCostTheTenantTooMuchWait() throws Exception {
        run(hundredDocumentsOfWhichSixtyAreDeleted(), 1);

        assertThat(outside.index.snapshot().documents()).hasSize(50);
        assertThat(outside.receipts).hasSize(150);
        assertThat(outside.deadLetters).isEmpty();
    }

    @Test
    void anApprovalLetsGoWhatWaits() throws Exception {
        List<RawRecord> log = hundredDocumentsOfWhichSixtyAreDeleted();
        // The guard has seen all before it when this one has its receipt.
        DocumentKey last = new DocumentKey("other", "last");
        log.add(Logs.record(160, ChangeEnvelope.delete(last, new ChangeOrder(0, 1), TIME)));

        run(log, 1, Outside.approval(name, "acme", last.path()));

        assertThat(outside.index.snapshot().documents()).hasSize(40);
        assertThat(outside.receipts).hasSize(161);
    }

    @Test
    void everyOperatorHasAUidSoThatSavepointsStayReadable() {
        StreamExecutionEnvironment env = environment(1);
        topology(List.of(), Outside.noCommands()).build(env);

        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID()).isNotBlank());
    }

    private void run(List<RawRecord> log, int parallelism) throws Exception {
        run(log, parallelism, Outside.noCommands());
    }

    private void run(List<RawRecord> log, int parallelism, Source<ControlCommand, ?, ?> commands) throws Exception {
        StreamExecutionEnvironment env = environment(parallelism);
        topology(log, commands).build(env);
        env.execute();
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        return Topologies.environment(parallelism, Duration.ofMillis(200));
    }

    private IngestTopology topology(List<RawRecord> log, Source<ControlCommand, ?, ?> commands) {
        String outsideName = name;
        outside.log.addAll(log);
        GeneratorFunction<Long, RawRecord> byOffset =
                offset -> Outside.named(outsideName).log.get(Math.toIntExact(offset));
        return Topologies.of(
                name,
                new DataGeneratorSource<>(byOffset, log.size(), TypeInformation.of(RawRecord.class)),
                commands,
                new GuardLimits(10, 50, Duration.ofMinutes(10)),
                inFlight,
                waiting);
    }

    private long receipts(Outcome outcome) {
        return outside.receipts.stream()
                .filter(receipt -> receipt.outcome() == outcome)
                .count();
    }

    private static List<RawRecord> hundredDocumentsOfWhichSixtyAreDeleted() {
        List<RawRecord> log = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            DocumentKey key = new DocumentKey("acme", "doc-" + i % 100);
            ChangeOrder order = new ChangeOrder(0, i);
            ChangeEnvelope change = i < 100
                    ? ChangeEnvelope.upsert(key, order, TIME, "text/markdown", "text")
                    : ChangeEnvelope.delete(key, order, TIME);
            log.add(Logs.record(i, change));
        }
        return log;
    }

    private Set<Outcome> outcomes() {
        return outside.receipts.stream().map(ChangeReceipt::outcome).collect(Collectors.toSet());
    }

    private static ChangeEnvelope upsert(long version, String text) {
        DocumentKey key = text.startsWith("text ") ? new DocumentKey("acme", "doc-" + version) : KEY;
        return ChangeEnvelope.upsert(key, new ChangeOrder(0, version), TIME, "text/markdown", text);
    }
}
