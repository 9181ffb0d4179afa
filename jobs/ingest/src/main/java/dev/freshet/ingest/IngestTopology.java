package dev.freshet.ingest;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.deadletter.DeadLetters;
import dev.freshet.ingest.embed.EmbedLimits;
import dev.freshet.ingest.embed.EmbedStage;
import dev.freshet.ingest.embed.EmbeddedRevision;
import dev.freshet.ingest.embed.EmbedderFactory;
import dev.freshet.ingest.index.BulkLimits;
import dev.freshet.ingest.index.IndexStage;
import dev.freshet.ingest.index.IndexWriterFactory;
import dev.freshet.ingest.index.IndexedChange;
import dev.freshet.ingest.index.OutcomeStage;
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
import dev.freshet.ingest.revise.ReviseStage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The pipeline, one expression per stage. Everything outside is given: the same topology runs in production,
 * in a MiniCluster and in a benchmark.
 *
 * @param control commands to the running job; bounded where the source is
 * @param generations of the index that the writers write to
 * @param rebuilt how rebuilds ended, to be read again from {@code control}
 * @param largestRecord in bytes; larger records are dead-lettered unread
 * @param tombstoneTtl how long a deleted document fences late changes
 * @param inFlight most revisions, and most updates, of a subtask that wait for the embedder or the index
 */
public record IngestTopology(
        Source<RawRecord, ?, ?> source,
        Source<ControlCommand, ?, ?> control,
        ChunkerFactory chunkers,
        EmbedderFactory embedders,
        EmbedLimits embedLimits,
        IndexWriterFactory writers,
        BulkLimits bulkLimits,
        IndexGenerationsFactory generations,
        Sink<ChangeReceipt> receipts,
        Sink<DeadLetter> deadLetters,
        Sink<ControlCommand> rebuilt,
        int largestRecord,
        Duration tombstoneTtl,
        int inFlight) {
    /** The embedder and the index are waited for as long as they are away; every single call has a deadline. */
    private static final long NO_TIMEOUT = 0;

    private static final int COMMANDS_IN_FLIGHT = 100;
    /** From a rebuild to the deletion of the indices before it: longer than the deadline of any search. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Adds the pipeline to the environment. */
    public void build(StreamExecutionEnvironment env) {
        SingleOutputStreamOperator<DocumentChange> changes = env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "changes")
                .uid(Uids.SOURCE)
                .process(new ParseStage(largestRecord))
                .name(ParseStage.NAME)
                .uid(Uids.PARSE);

        DataStream<ControlCommand> commands = env.fromSource(control, WatermarkStrategy.noWatermarks(), "control")
                .setParallelism(1)
                .uid(Uids.CONTROL);

        SingleOutputStreamOperator<Revision> revisions = changes.keyBy(
                        change -> change.key().path())
                .process(new ReviseStage(chunkers, tombstoneTtl))
                .name(ReviseStage.NAME)
                .uid(Uids.REVISE);

        SingleOutputStreamOperator<EmbeddedRevision> embedded = AsyncDataStream.orderedWait(
                        revisions, new EmbedStage(embedders, embedLimits), NO_TIMEOUT, TimeUnit.MILLISECONDS, inFlight)
                .name(EmbedStage.NAME)
                .uid(Uids.EMBED);

        SingleOutputStreamOperator<IndexUpdate> updates = embedded.keyBy(
                        revision -> revision.revision().key().path())
                .connect(rebuilds(commands).broadcast())
                .transform(MaterializeStage.NAME, TypeInformation.of(IndexUpdate.class), new MaterializeStage())
                .uid(Uids.MATERIALIZE);

        SingleOutputStreamOperator<IndexedChange> indexed = AsyncDataStream.orderedWait(
                        updates, new IndexStage(writers, bulkLimits), NO_TIMEOUT, TimeUnit.MILLISECONDS, inFlight)
                .name(IndexStage.NAME)
                .uid(Uids.INDEX);

        SingleOutputStreamOperator<ChangeReceipt> outcomes =
                indexed.process(new OutcomeStage()).name(OutcomeStage.NAME).uid(Uids.OUTCOME);

        switched(outcomes.getSideOutput(OutcomeStage.MARKERS))
                .sinkTo(rebuilt)
                .name("rebuilt")
                .uid(Uids.REBUILT)
                .setParallelism(1);

        outcomes.union(revisions.getSideOutput(ReviseStage.RECEIPTS))
                .sinkTo(receipts)
                .name("index-changes")
                .uid(Uids.RECEIPTS);

        deadLettersOf(changes, revisions, updates, outcomes)
                .sinkTo(deadLetters)
                .name("dead-letters")
                .uid(Uids.DEAD_LETTERS);
    }

    /** The commands that documents are written again for, each rebuild with the indices that were made for it. */
    private SingleOutputStreamOperator<ControlCommand> rebuilds(DataStream<ControlCommand> commands) {
        SingleOutputStreamOperator<ControlCommand> admitted = commands.process(new RebuildGate())
                .name(RebuildGate.NAME)
                .uid(Uids.REBUILD_GATE)
                .forceNonParallel();
        return AsyncDataStream.orderedWait(
                        admitted,
                        new GenerationStage(generations),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        COMMANDS_IN_FLIGHT)
                .name(GenerationStage.NAME)
                .uid(Uids.REBUILD_GENERATION)
                .forceNonParallel();
    }

    /** How the rebuilds ended whose last documents were acknowledged. */
    private SingleOutputStreamOperator<ControlCommand> switched(DataStream<RebuildMarker> markers) {
        SingleOutputStreamOperator<WrittenGeneration> written = markers.process(new MarkerStage())
                .name(MarkerStage.NAME)
                .uid(Uids.REBUILD_MARKERS)
                .forceNonParallel();
        return AsyncDataStream.orderedWait(
                        written,
                        new SwitchStage(generations, GRACE),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        COMMANDS_IN_FLIGHT)
                .name(SwitchStage.NAME)
                .uid(Uids.REBUILD_SWITCH)
                .forceNonParallel();
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
