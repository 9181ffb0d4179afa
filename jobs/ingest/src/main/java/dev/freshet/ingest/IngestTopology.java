package dev.freshet.ingest;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.cost.TokenPrice;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.account.AccountStage;
import dev.freshet.ingest.account.OutcomesOfRecords;
import dev.freshet.ingest.account.RecordOutcome;
import dev.freshet.ingest.deadletter.DeadLetters;
import dev.freshet.ingest.deadletter.LettersApart;
import dev.freshet.ingest.embed.EmbedLimits;
import dev.freshet.ingest.embed.EmbedStage;
import dev.freshet.ingest.embed.EmbeddedRevision;
import dev.freshet.ingest.embed.EmbedderFactory;
import dev.freshet.ingest.embed.EmbeddingMemoFactory;
import dev.freshet.ingest.extract.ExtractStage;
import dev.freshet.ingest.extract.ExtractorFactory;
import dev.freshet.ingest.fetch.FetchSettings;
import dev.freshet.ingest.fetch.FetchStage;
import dev.freshet.ingest.guard.FacetsStage;
import dev.freshet.ingest.guard.GuardEvent;
import dev.freshet.ingest.guard.GuardLimits;
import dev.freshet.ingest.guard.GuardStage;
import dev.freshet.ingest.index.BulkLimits;
import dev.freshet.ingest.index.IndexStage;
import dev.freshet.ingest.index.IndexWriterFactory;
import dev.freshet.ingest.index.IndexedChange;
import dev.freshet.ingest.index.OutcomeStage;
import dev.freshet.ingest.inflight.InFlightLimits;
import dev.freshet.ingest.inflight.InFlightOperator;
import dev.freshet.ingest.inflight.WaitingLimits;
import dev.freshet.ingest.materialize.IndexUpdate;
import dev.freshet.ingest.materialize.MaterializeStage;
import dev.freshet.ingest.parse.ParseStage;
import dev.freshet.ingest.rebuild.GenerationStage;
import dev.freshet.ingest.rebuild.IndexGenerationsFactory;
import dev.freshet.ingest.rebuild.MarkerStage;
import dev.freshet.ingest.rebuild.RebuildGate;
import dev.freshet.ingest.rebuild.RebuildMarker;
import dev.freshet.ingest.rebuild.SwitchStage;
import dev.freshet.ingest.rebuild.WrittenGeneration;
import dev.freshet.ingest.revise.ChunkerFactory;
import dev.freshet.ingest.revise.LanguageDetectorFactory;
import dev.freshet.ingest.revise.ReviseStage;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The pipeline, one expression per stage. Everything outside is given: the same topology runs in production,
 * in a MiniCluster and in a benchmark.
 *
 * @param control commands to the running job; bounded where the source is
 * @param fetch where content may be read that a change only refers to
 * @param extractors make text of content that is none
 * @param languages tell the language of every text
 * @param memos of vectors that processes share
 * @param price of the embedder's tokens
 * @param guard when deletes of a tenant are held back
 * @param generations of the index that the writers write to
 * @param rebuilt how rebuilds ended, to be read again from {@code control}
 * @param largestRecord in bytes; larger records are dead-lettered unread
 * @param mostChunks that a document may have; one of more is dead-lettered
 * @param tombstoneTtl how long a deleted document fences late changes, and how long a patch waits for its document
 * @param inFlight how much may wait for the embedder, and as much again for the index
 * @param waiting who goes first to the embedder, and how many may wait for it beside what is in flight
 */
public record IngestTopology(
        Source<RawRecord, ?, ?> source,
        Source<ControlCommand, ?, ?> control,
        FetchSettings fetch,
        ExtractorFactory extractors,
        LanguageDetectorFactory languages,
        ChunkerFactory chunkers,
        EmbedderFactory embedders,
        EmbedLimits embedLimits,
        EmbeddingMemoFactory memos,
        TokenPrice price,
        IndexWriterFactory writers,
        BulkLimits bulkLimits,
        IndexGenerationsFactory generations,
        Sink<ChangeReceipt> receipts,
        Sink<DeadLetter> deadLetters,
        Sink<IndexWatermark> watermarks,
        Sink<ControlCommand> rebuilt,
        GuardLimits guard,
        int largestRecord,
        int mostChunks,
        Duration tombstoneTtl,
        InFlightLimits inFlight,
        WaitingLimits waiting) {
    /** The embedder and the index are waited for as long as they are away; every single call has a deadline. */
    private static final long NO_TIMEOUT = 0;

    private static final int COMMANDS_IN_FLIGHT = 100;
    /** From a rebuild to the deletion of the indices before it: longer than the deadline of any search. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Adds the pipeline to the environment. */
    public void build(StreamExecutionEnvironment env) {
        // No stage uses event time: there are no watermarks that a partition or a file without news could hold back.
        SingleOutputStreamOperator<DocumentChange> parsed = env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "changes", TypeInformation.of(RawRecord.class))
                .uid(Uids.SOURCE)
                .process(new ParseStage(largestRecord))
                .name(ParseStage.NAME)
                .uid(Uids.PARSE);

        SingleOutputStreamOperator<DocumentChange> fetched = AsyncDataStream.orderedWait(
                        parsed, new FetchStage(fetch), NO_TIMEOUT, TimeUnit.MILLISECONDS, FetchStage.IN_FLIGHT)
                .name(FetchStage.NAME)
                .uid(Uids.FETCH)
                .process(new LettersApart())
                .name("fetched")
                .uid(Uids.FETCHED);

        SingleOutputStreamOperator<DocumentChange> changes = AsyncDataStream.orderedWait(
                        fetched,
                        new ExtractStage(extractors),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        ExtractStage.IN_FLIGHT)
                .name(ExtractStage.NAME)
                .uid(Uids.EXTRACT)
                .process(new LettersApart())
                .name("extracted")
                .uid(Uids.EXTRACTED);

        DataStream<ControlCommand> commands = env.fromSource(control, WatermarkStrategy.noWatermarks(), "control")
                .setParallelism(1)
                .uid(Uids.CONTROL);

        SingleOutputStreamOperator<DocumentChange> admitted = changes.map(new FacetsStage())
                .name(FacetsStage.NAME)
                .uid(Uids.FACETS)
                .keyBy(GuardEvent::tenant)
                .connect(commands.keyBy(IngestTopology::tenantOf))
                .process(new GuardStage(guard, tombstoneTtl))
                .name(GuardStage.NAME)
                .uid(Uids.GUARD);

        SingleOutputStreamOperator<Revision> revisions = admitted.keyBy(
                        change -> change.key().path())
                .process(new ReviseStage(chunkers, languages, mostChunks, tombstoneTtl))
                .name(ReviseStage.NAME)
                .uid(Uids.REVISE);

        SingleOutputStreamOperator<EmbeddedRevision> embedded = byDocument(
                        revisions, revision -> revision.key().path())
                .transform(
                        EmbedStage.NAME,
                        TypeInformation.of(EmbeddedRevision.class),
                        new InFlightOperator<>(
                                EmbedStage.NAME,
                                new EmbedStage(embedders, embedLimits, memos, price),
                                TypeInformation.of(Revision.class),
                                inFlight,
                                waiting))
                .uid(Uids.EMBED);

        SingleOutputStreamOperator<IndexUpdate> updates = byDocument(
                        embedded, revision -> revision.revision().key().path())
                .connect(rebuilds(commands).broadcast())
                .transform(MaterializeStage.NAME, TypeInformation.of(IndexUpdate.class), new MaterializeStage())
                .uid(Uids.MATERIALIZE);

        SingleOutputStreamOperator<IndexedChange> indexed = byDocument(updates, IndexUpdate::document)
                .transform(
                        IndexStage.NAME,
                        TypeInformation.of(IndexedChange.class),
                        new InFlightOperator<>(
                                IndexStage.NAME,
                                new IndexStage(writers, bulkLimits, tombstoneTtl),
                                TypeInformation.of(IndexUpdate.class),
                                inFlight))
                .uid(Uids.INDEX);

        SingleOutputStreamOperator<ChangeReceipt> outcomes =
                indexed.process(new OutcomeStage()).name(OutcomeStage.NAME).uid(Uids.OUTCOME);

        switched(outcomes.getSideOutput(OutcomeStage.MARKERS))
                .sinkTo(rebuilt)
                .name("rebuilt")
                .uid(Uids.REBUILT)
                .setParallelism(1);

        DataStream<ChangeReceipt> allReceipts = outcomes.union(
                admitted.getSideOutput(GuardStage.RECEIPTS), revisions.getSideOutput(ReviseStage.RECEIPTS));
        allReceipts.sinkTo(receipts).name("index-changes").uid(Uids.RECEIPTS);

        DataStream<DeadLetter> allDeadLetters =
                deadLettersOf(parsed, fetched, changes, admitted, revisions, updates, outcomes);
        allDeadLetters.sinkTo(deadLetters).name("dead-letters").uid(Uids.DEAD_LETTERS);

        DataStream<RecordOutcome> outcomesOfRecords = allReceipts
                .connect(allDeadLetters)
                .flatMap(new OutcomesOfRecords())
                .name(OutcomesOfRecords.NAME)
                .uid(Uids.OUTCOMES_OF_RECORDS)
                .union(admitted.getSideOutput(GuardStage.PARKED)
                        .map(RecordOutcome::parked)
                        .name("parked")
                        .uid(Uids.PARKED));

        parsed.getSideOutput(ParseStage.READS)
                .keyBy(read -> read.position().topicPartition())
                .connect(outcomesOfRecords.keyBy(record -> record.origin().topicPartition()))
                .process(new AccountStage())
                .name(AccountStage.NAME)
                .uid(Uids.ACCOUNT)
                .sinkTo(watermarks)
                .name("index-watermarks")
                .uid(Uids.WATERMARKS);
    }

    /** The stages from revise to index hand on a document in one subtask: nothing is dealt out anew between them. */
    private static <T> KeyedStream<T, String> byDocument(DataStream<T> stream, KeySelector<T, String> path) {
        return DataStreamUtils.reinterpretAsKeyedStream(stream, path, Types.STRING);
    }

    /** A command that names no tenant is not for the guard, and goes to no tenant's state. */
    private static String tenantOf(ControlCommand command) {
        return Objects.requireNonNullElse(command.tenant(), "");
    }

    /** The commands that documents are written again for, each rebuild with the indices that were made for it. */
    private SingleOutputStreamOperator<ControlCommand> rebuilds(DataStream<ControlCommand> commands) {
        SingleOutputStreamOperator<ControlCommand> admitted = commands.process(new RebuildGate())
                .name(RebuildGate.NAME)
                .uid(Uids.REBUILD_GATE)
                .setParallelism(1);
        return AsyncDataStream.orderedWait(
                        admitted,
                        new GenerationStage(generations),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        COMMANDS_IN_FLIGHT)
                .name(GenerationStage.NAME)
                .uid(Uids.REBUILD_GENERATION)
                .setParallelism(1);
    }

    /** How the rebuilds ended whose last documents were acknowledged. */
    private SingleOutputStreamOperator<ControlCommand> switched(DataStream<RebuildMarker> markers) {
        SingleOutputStreamOperator<WrittenGeneration> written = markers.process(new MarkerStage())
                .name(MarkerStage.NAME)
                .uid(Uids.REBUILD_MARKERS)
                .setParallelism(1);
        return AsyncDataStream.orderedWait(
                        written,
                        new SwitchStage(generations, GRACE),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        COMMANDS_IN_FLIGHT)
                .name(SwitchStage.NAME)
                .uid(Uids.REBUILD_SWITCH)
                .setParallelism(1);
    }

    private static DataStream<DeadLetter> deadLettersOf(
            SingleOutputStreamOperator<?> first, SingleOutputStreamOperator<?>... others) {
        DataStream<DeadLetter> letters = first.getSideOutput(DeadLetters.TAG);
        for (SingleOutputStreamOperator<?> stage : others) {
            letters = letters.union(stage.getSideOutput(DeadLetters.TAG));
        }
        return letters;
    }
}
