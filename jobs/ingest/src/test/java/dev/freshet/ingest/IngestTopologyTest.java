package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.ingest.embed.EmbedLimits;
import dev.freshet.ingest.index.BulkLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4"})
    void theIndexEqualsTheFoldOfAShuffledLogWithDuplicates(long seed, int parallelism) throws Exception {
        List<RawRecord> log = Logs.shuffled(seed, 600, 40);

        run(log, parallelism);

        Oracle oracle = new Oracle(chunker(), 1 << 20);
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

    @Test
    void anEditEmbedsOnlyTheChunksThatAreNew() throws Exception {
        String page = "# One\n\n" + "alpha ".repeat(30) + "\n\n# Two\n\n" + "beta ".repeat(30) + "\n\n";

        run(List.of(Logs.record(0, upsert(1, page)), Logs.record(1, upsert(2, page.replace("beta", "gamma")))), 1);

        assertThat(outside.embedded).hasSize(3);
        assertThat(outside.embedded).filteredOn(text -> text.contains("gamma")).hasSize(1);
    }

    @Test
    void aChangeOfMetadataIsWrittenToEveryChunkAndEmbedsNothing() throws Exception {
        ChangeEnvelope first = upsert(1, "some text");
        ChangeEnvelope tagged = new ChangeEnvelope(
                first.operation(),
                KEY,
                new ChangeOrder(0, 2),
                TIME,
                null,
                first.contentType(),
                first.content(),
                null,
                null,
                List.of("group:platform"));

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
    void anEmbedderThatIsAwayAndABusyIndexDelayButLoseNothing() throws Exception {
        outside.embedderOutages.set(3);
        outside.busyBulks.set(3);
        List<RawRecord> log = Logs.shuffled(7, 60, 10);

        run(log, 1);

        Oracle oracle = new Oracle(chunker(), 1 << 20);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.embedderOutages).hasValue(0);
        assertThat(outside.busyBulks).hasValue(0);
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
    void everyOperatorHasAUidSoThatSavepointsStayReadable() {
        StreamExecutionEnvironment env = environment(1);
        topology(List.of()).build(env);

        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID()).isNotBlank());
    }

    private void run(List<RawRecord> log, int parallelism) throws Exception {
        StreamExecutionEnvironment env = environment(parallelism);
        topology(log).build(env);
        env.execute();
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        IngestOptions options = new IngestOptions();
        options.checkpointInterval = Duration.ofMillis(200);
        Configuration configuration = IngestJob.configuration(options);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        return env;
    }

    private IngestTopology topology(List<RawRecord> log) {
        String outsideName = name;
        outside.log.addAll(log);
        GeneratorFunction<Long, RawRecord> byOffset =
                offset -> Outside.named(outsideName).log.get(Math.toIntExact(offset));
        return new IngestTopology(
                new DataGeneratorSource<>(byOffset, log.size(), TypeInformation.of(RawRecord.class)),
                Outside.noCommands(),
                IngestTopologyTest::chunker,
                () -> Outside.named(outsideName).embedder(),
                new EmbedLimits(8, 1_000, Duration.ofMillis(2), 2, 0, 0),
                () -> Outside.named(outsideName).writer(),
                new BulkLimits(20, 1 << 20, Duration.ofMillis(2), 2),
                () -> Outside.named(outsideName).index,
                new Outside.TopicSink<ChangeReceipt>(name, false),
                new Outside.TopicSink<DeadLetter>(name, true),
                new Outside.CommandSink(name),
                1 << 20,
                Duration.ofDays(30),
                50);
    }

    private Set<Outcome> outcomes() {
        return outside.receipts.stream().map(ChangeReceipt::outcome).collect(Collectors.toSet());
    }

    private static Chunker chunker() {
        return new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(10, 40));
    }

    private static ChangeEnvelope upsert(long version, String text) {
        DocumentKey key = text.startsWith("text ") ? new DocumentKey("acme", "doc-" + version) : KEY;
        return ChangeEnvelope.upsert(key, new ChangeOrder(0, version), TIME, "text/markdown", text);
    }
}
