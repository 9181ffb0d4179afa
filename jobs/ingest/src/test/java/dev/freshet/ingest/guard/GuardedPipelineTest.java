package dev.freshet.ingest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.extract.LanguageDetector;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.revise.ReviseStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of a delete by filter from the changes to the revisions, where deletes and upserts race. */
class GuardedPipelineTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration TTL = Duration.ofDays(30);
    private static final int DOCUMENTS = 40;
    private static final int COLOURS = 4;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4"})
    void theDocumentsThatLiveAreThoseThatNoNewerDeleteOrFilterMeansWhateverArrivesLate(long seed, int parallelism)
            throws Exception {
        List<DocumentChange> log = shuffledLog(seed);
        List<Revision> revisions = new ArrayList<>();
        List<ChangeReceipt> receipts = new ArrayList<>();

        run(seed, log.size(), parallelism, revisions, receipts);

        Map<String, Revision> newest = new HashMap<>();
        revisions.stream()
                .filter(revision -> revision.outcome() != Outcome.SUPERSEDED)
                .forEach(revision -> newest.merge(
                        revision.documentId(), revision, (one, other) -> one.fence() > other.fence() ? one : other));
        Set<String> live = new TreeSet<>();
        newest.values().stream()
                .filter(revision -> revision.operation() == Operation.UPSERT)
                .forEach(revision -> live.add(revision.documentId() + "@" + revision.version()));
        assertThat(live).isEqualTo(expectedLive(log)).isNotEmpty();
        assertThat(newest).as("some are deleted").hasSizeGreaterThan(live.size());
        assertThat(revisions).as("some by a filter").anyMatch(Revision::derived);
        long outcomes = revisions.stream()
                        .filter(revision -> !revision.derived())
                        .count()
                + receipts.stream().filter(receipt -> !receipt.derived()).count();
        assertThat(outcomes).as("every record has one outcome").isEqualTo(log.size());
    }

    private static void run(
            long seed, int records, int parallelism, List<Revision> revisions, List<ChangeReceipt> receipts)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        env.getConfig().enableObjectReuse();
        // Made again for every record: changes are not serializable, and the log is short.
        GeneratorFunction<Long, DocumentChange> byOffset =
                offset -> shuffledLog(seed).get(Math.toIntExact(offset));
        SingleOutputStreamOperator<GuardEvent> events = env.fromSource(
                        new DataGeneratorSource<>(byOffset, records, TypeInformation.of(DocumentChange.class)),
                        WatermarkStrategy.noWatermarks(),
                        "changes")
                .map(new FacetsStage());
        DataStream<ControlCommand> noCommands =
                env.fromData(new ControlCommand(ControlCommand.Kind.RESUME, "for another", TIME, null, List.of()));
        SingleOutputStreamOperator<DocumentChange> admitted = events.keyBy(GuardEvent::tenant)
                .connect(noCommands.keyBy(command -> Objects.requireNonNullElse(command.tenant(), "")))
                .process(new GuardStage(new GuardLimits(0, 0, GuardHarness.WINDOW), TTL));
        SingleOutputStreamOperator<Revision> revised = admitted.keyBy(
                        change -> change.key().path())
                .process(new ReviseStage(
                        () -> new ContentDefinedChunker(String::length, new ChunkSize(10, 40)),
                        () -> LanguageDetector.NONE,
                        10_000,
                        TTL));
        CloseableIterator<Revision> revisionsFound = revised.collectAsync();
        CloseableIterator<ChangeReceipt> receiptsFound = admitted.getSideOutput(GuardStage.RECEIPTS)
                .union(revised.getSideOutput(ReviseStage.RECEIPTS))
                .collectAsync();
        env.executeAsync();
        try (revisionsFound;
                receiptsFound) {
            revisionsFound.forEachRemaining(revisions::add);
            receiptsFound.forEachRemaining(receipts::add);
        }
    }

    /** In the most obvious way: a document's newest upsert lives unless something newer means it. */
    private static Set<String> expectedLive(List<DocumentChange> log) {
        Set<String> live = new TreeSet<>();
        for (int document = 0; document < DOCUMENTS; document++) {
            String id = "doc-" + document;
            String colour = colour(document);
            long newest = log.stream()
                    .filter(change -> change.operation() == Operation.UPSERT)
                    .filter(change -> change.documentId().equals(id))
                    .mapToLong(DocumentChange::version)
                    .max()
                    .orElse(Long.MAX_VALUE);
            boolean deleted = log.stream()
                    .filter(change -> change.version() > newest)
                    .anyMatch(change -> means(change, id, colour));
            if (newest != Long.MAX_VALUE && !deleted) {
                live.add(id + "@" + newest);
            }
        }
        return live;
    }

    private static boolean means(DocumentChange change, String id, String colour) {
        return switch (change.operation()) {
            case DELETE -> change.documentId().equals(id);
            case DELETE_BY_FILTER ->
                Objects.requireNonNull(change.filter()).facets().contains("colour=" + colour);
            default -> false;
        };
    }

    private static List<DocumentChange> shuffledLog(long seed) {
        Random random = new Random(seed);
        List<DocumentChange> log = new ArrayList<>();
        for (int version = 1; version <= 300; version++) {
            int document = random.nextInt(DOCUMENTS);
            DocumentKey key = new DocumentKey("acme", "doc-" + document);
            ChangeOrder order = new ChangeOrder(0, version);
            RawRecord raw = new RawRecord(
                    new SourcePosition("documents", 0, version), 0, new byte[] {1}, new byte[] {2}, List.of());
            log.add(
                    switch (random.nextInt(40)) {
                        case 0 ->
                            DocumentChange.deleteByFilter(
                                    "acme",
                                    order,
                                    TIME,
                                    new DocumentFilter(List.of("colour=" + colour(document)), "doc-"),
                                    raw);
                        case 1, 2, 3, 4 -> DocumentChange.delete(key, order, TIME, raw);
                        default -> DocumentChange.upsert(key, order, TIME, fields(document), "text " + version, raw);
                    });
        }
        log.addAll(List.copyOf(log.subList(0, 60)));
        Collections.shuffle(log, random);
        return log;
    }

    private static DocumentFields fields(int document) {
        return new DocumentFields(null, null, "text/plain", "{\"colour\":\"" + colour(document) + "\"}", List.of());
    }

    private static String colour(int document) {
        return "c" + document % COLOURS;
    }
}
