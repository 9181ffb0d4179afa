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
import dev.freshet.ingest.fetch.FetchSettings;
import dev.freshet.ingest.fetch.FetchStage;
import dev.freshet.ingest.fetch.FetchedStage;
import dev.freshet.ingest.index.BulkLimits;
import dev.freshet.ingest.index.IndexStage;
import dev.freshet.ingest.index.IndexWriterFactory;
import dev.freshet.ingest.index.IndexedChange;
import dev.freshet.ingest.index.OutcomeStage;
import dev.freshet.ingest.materialize.IndexUpdate;
import dev.freshet.ingest.materialize.MaterializeStage;
import dev.freshet.ingest.parse.ParseStage;
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
 * @param fetch where content may be read that a change only refers to
 * @param largestRecord in bytes; larger records are dead-lettered unread
 * @param tombstoneTtl how long a deleted document fences late changes
 * @param inFlight most revisions, and most updates, of a subtask that wait for the embedder or the index
 */
public record IngestTopology(
        Source<RawRecord, ?, ?> source,
        Source<ControlCommand, ?, ?> control,
        FetchSettings fetch,
        ChunkerFactory chunkers,
        EmbedderFactory embedders,
        EmbedLimits embedLimits,
        IndexWriterFactory writers,
        BulkLimits bulkLimits,
        Sink<ChangeReceipt> receipts,
        Sink<DeadLetter> deadLetters,
        int largestRecord,
        Duration tombstoneTtl,
        int inFlight) {
    /** The embedder and the index are waited for as long as they are away; every single call has a deadline. */
    private static final long NO_TIMEOUT = 0;

    /** Adds the pipeline to the environment. */
    public void build(StreamExecutionEnvironment env) {
        // No stage uses event time: there are no watermarks that a partition or a file without news could hold back.
        SingleOutputStreamOperator<DocumentChange> parsed = env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "changes", TypeInformation.of(RawRecord.class))
                .uid(Uids.SOURCE)
                .process(new ParseStage(largestRecord))
                .name(ParseStage.NAME)
                .uid(Uids.PARSE);

        SingleOutputStreamOperator<DocumentChange> changes = AsyncDataStream.orderedWait(
                        parsed, new FetchStage(fetch), NO_TIMEOUT, TimeUnit.MILLISECONDS, FetchStage.IN_FLIGHT)
                .name(FetchStage.NAME)
                .uid(Uids.FETCH)
                .process(new FetchedStage())
                .name(FetchedStage.NAME)
                .uid(Uids.FETCHED);

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
                .process(new MaterializeStage())
                .name(MaterializeStage.NAME)
                .uid(Uids.MATERIALIZE);

        SingleOutputStreamOperator<IndexedChange> indexed = AsyncDataStream.orderedWait(
                        updates, new IndexStage(writers, bulkLimits), NO_TIMEOUT, TimeUnit.MILLISECONDS, inFlight)
                .name(IndexStage.NAME)
                .uid(Uids.INDEX);

        SingleOutputStreamOperator<ChangeReceipt> outcomes =
                indexed.process(new OutcomeStage()).name(OutcomeStage.NAME).uid(Uids.OUTCOME);

        outcomes.union(revisions.getSideOutput(ReviseStage.RECEIPTS))
                .sinkTo(receipts)
                .name("index-changes")
                .uid(Uids.RECEIPTS);

        deadLettersOf(parsed, changes, revisions, updates, outcomes)
                .sinkTo(deadLetters)
                .name("dead-letters")
                .uid(Uids.DEAD_LETTERS);
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
