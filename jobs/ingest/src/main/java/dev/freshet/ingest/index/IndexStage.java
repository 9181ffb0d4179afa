package dev.freshet.ingest.index;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.batch.ConcurrencyLimit;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.SearchableProbe;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Gone;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.ingest.inflight.InFlightFunction;
import dev.freshet.ingest.materialize.Destination;
import dev.freshet.ingest.materialize.IndexUpdate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Writes every update to the index, in bulk requests across documents, and reports when all of it is acknowledged.
 *
 * <p>An update waits for the one before it of the same document: a write that is tried again after a restart of the index would
 * otherwise find no trace of the delete that came after it. What an earlier attempt of the job has overtaken is written once more
 * with the next update; see {@link Overtaken}.
 */
public final class IndexStage extends InFlightFunction<IndexUpdate, IndexStage.Answered, IndexedChange> {
    public static final String NAME = "index";

    /**
     * An update with what was added to it, and the index's answers to its writes.
     *
     * @param before what was overtaken of the document until then
     */
    record Answered(
            @Nullable Overtaken before, IndexUpdate update, List<IndexWrite> writes, List<WriteOutcome> outcomes) {}

    private static final long serialVersionUID = 1L;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final IndexWriterFactory writers;
    private final BulkLimits limits;
    private final Duration remembered;
    private transient IndexWriter writer;
    private transient ScheduledExecutorService scheduler;
    private transient Batcher<IndexWrite, WriteOutcome> batcher;
    private transient BulkCalls calls;
    private transient PatientWriter patient;
    private transient IndexMetrics metrics;
    private transient @Nullable SearchableProbe probe;
    private transient Freshness freshness;
    private transient ValueState<Overtaken> overtaken;

    /** @param remembered how long what was overtaken is kept for an update of its document */
    public IndexStage(IndexWriterFactory writers, BulkLimits limits, Duration remembered) {
        this.writers = writers;
        this.limits = limits;
        this.remembered = remembered;
    }

    @Override
    public void open(OpenContext context) {
        writer = writers.open();
        ValueStateDescriptor<Overtaken> descriptor = new ValueStateDescriptor<>("overtaken", Overtaken.class);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(remembered).build());
        overtaken = getRuntimeContext().getState(descriptor);
        ConcurrencyLimit concurrency = new ConcurrencyLimit(limits.parallelism());
        metrics = new IndexMetrics(getRuntimeContext().getMetricGroup(), concurrency);
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("index-retry").daemon().factory());
        probe = writers.openProbe();
        freshness = new Freshness(getRuntimeContext().getMetricGroup(), probe, scheduler, InstantSource.system());
        calls = new BulkCalls(writer, concurrency);
        batcher = new Batcher<>("index", limits.batches(), concurrency::current, WriteSize::of, calls::send);
        patient = new PatientWriter(batcher, scheduler, metrics);
    }

    @Override
    public long bytes(IndexUpdate update) {
        return WriteSize.of(update);
    }

    @Override
    public boolean oneAtATime() {
        return true;
    }

    @Override
    public boolean isBehindAll(IndexUpdate update) {
        return update.marker() != null;
    }

    /** The marker leaves behind everything that came before it, which is then acknowledged. */
    @Override
    public void endBehindAll(IndexUpdate update, Collector<IndexedChange> out) {
        out.collect(IndexedChange.end(Objects.requireNonNull(update.marker(), "a marker")));
    }

    @Override
    public CompletableFuture<Answered> begin(IndexUpdate update) throws IOException {
        Overtaken before = overtaken.value();
        boolean complete = before != null && update.destination().searched();
        return write(before, complete ? before.laidOver(update) : update, update.destination());
    }

    private CompletableFuture<Answered> write(@Nullable Overtaken before, IndexUpdate update, Destination destination) {
        List<IndexWrite> writes = addressed(writes(update), destination);
        List<CompletableFuture<WriteOutcome>> outcomes =
                writes.stream().map(patient::write).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenCompose(ignored -> destination.searched() && anyGone(outcomes)
                        // The aliases moved in between: what went to the indices searched before went to the old ones.
                        ? write(before, update, Destination.SEARCHED)
                        : CompletableFuture.completedFuture(answered(before, update, writes, outcomes)));
    }

    private static Answered answered(
            @Nullable Overtaken before,
            IndexUpdate update,
            List<IndexWrite> writes,
            List<CompletableFuture<WriteOutcome>> outcomes) {
        return new Answered(
                before,
                update,
                writes,
                outcomes.stream().map(CompletableFuture::join).toList());
    }

    private static boolean anyGone(List<CompletableFuture<WriteOutcome>> outcomes) {
        return outcomes.stream().anyMatch(outcome -> outcome.join() instanceof Gone);
    }

    private static List<IndexWrite> writes(IndexUpdate update) {
        List<IndexWrite> writes =
                new ArrayList<>(update.puts().size() + update.deletes().size() + 1);
        update.puts().forEach(chunk -> writes.add(new IndexWrite.PutChunk(chunk)));
        update.deletes().forEach(id -> writes.add(new IndexWrite.DeleteChunk(id, update.fence())));
        writes.add(
                update.entry() == null
                        ? new IndexWrite.DeleteDocument(update.subject().key(), update.fence())
                        : new IndexWrite.PutDocument(update.entry()));
        return writes;
    }

    private static List<IndexWrite> addressed(List<IndexWrite> writes, Destination destination) {
        String generation = destination.generation();
        if (generation == null) {
            return writes;
        }
        List<IndexWrite> addressed = new ArrayList<>(destination.searched() ? writes : List.of());
        writes.forEach(write -> addressed.add(new IndexWrite.ForGeneration(generation, write)));
        return addressed;
    }

    @Override
    public void end(IndexUpdate update, Answered answered, Collector<IndexedChange> out) throws IOException {
        remember(answered);
        IndexedChange indexed = indexed(answered);
        if (!indexed.isSilent()) {
            out.collect(indexed);
        }
    }

    private void remember(Answered answered) throws IOException {
        Overtaken before = answered.before();
        Overtaken now = Overtaken.in(answered.writes(), answered.outcomes());
        if (before != null && !answered.update().destination().searched()) {
            now = before.and(now);
        }
        metrics.overtaken(now.size());
        if (now.size() > 0) {
            overtaken.update(now);
        } else if (before != null) {
            overtaken.clear();
        }
    }

    private IndexedChange indexed(Answered answered) {
        IndexUpdate update = answered.update();
        List<DeadLetter> refused = new ArrayList<>();
        for (int i = 0; i < answered.writes().size(); i++) {
            if (answered.outcomes().get(i) instanceof Rejected rejected) {
                refused.add(RefusedWrite.deadLetter(
                        update.subject(), answered.writes().get(i), rejected));
            }
        }
        ChangeReceipt receipt = update.subject().acknowledged(Instant.now());
        metrics.acknowledged(receipt, answered.writes().size() - refused.size(), refused.size());
        if (update.reported()) {
            freshness.acknowledged(update, receipt);
        }
        return new IndexedChange(update.reported() ? receipt : null, refused, null);
    }

    @Override
    public void close() {
        if (batcher != null) {
            batcher.close();
        }
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        if (calls != null) {
            calls.awaitAnswers(LAST_ANSWERS);
        }
        if (writer != null) {
            writer.close();
        }
        if (probe != null) {
            probe.close();
        }
    }
}
