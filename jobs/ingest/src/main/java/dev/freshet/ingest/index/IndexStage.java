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
import dev.freshet.ingest.inflight.InFlightBytes;
import dev.freshet.ingest.materialize.Destination;
import dev.freshet.ingest.materialize.IndexUpdate;
import dev.freshet.ingest.rebuild.RebuildMarker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** Writes every update to the index, in bulk requests across documents, and reports when all of it is acknowledged. */
public final class IndexStage extends RichAsyncFunction<IndexUpdate, IndexedChange> {
    public static final String NAME = "index";
    private static final long serialVersionUID = 1L;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final IndexWriterFactory writers;
    private final BulkLimits limits;
    private final long inFlightLimit;
    private transient IndexWriter writer;
    private transient ScheduledExecutorService scheduler;
    private transient Batcher<IndexWrite, WriteOutcome> batcher;
    private transient BulkCalls calls;
    private transient PatientWriter patient;
    private transient IndexMetrics metrics;
    private transient InFlightBytes inFlight;
    private transient @Nullable SearchableProbe probe;
    private transient Freshness freshness;
    /**
     * The last update of every document that has one under way. An update waits for the one before it: a write that is
     * tried again after a restart of the index would otherwise find no trace of the delete that came after it.
     */
    private transient Map<String, CompletableFuture<IndexedChange>> underWay;

    /** @param inFlightLimit most bytes of updates in flight, estimated, of all subtasks in one process */
    public IndexStage(IndexWriterFactory writers, BulkLimits limits, long inFlightLimit) {
        this.writers = writers;
        this.limits = limits;
        this.inFlightLimit = inFlightLimit;
    }

    @Override
    public void open(OpenContext context) {
        writer = writers.open();
        underWay = new ConcurrentHashMap<>();
        inFlight = InFlightBytes.lease(NAME, inFlightLimit);
        ConcurrencyLimit concurrency = new ConcurrencyLimit(limits.parallelism());
        metrics = new IndexMetrics(getRuntimeContext().getMetricGroup(), concurrency, inFlight);
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("index-retry").daemon().factory());
        probe = writers.openProbe();
        freshness = new Freshness(getRuntimeContext().getMetricGroup(), probe, scheduler, InstantSource.system());
        calls = new BulkCalls(writer, concurrency);
        batcher = new Batcher<>("index", limits.batches(), concurrency::current, WriteSize::of, calls::send);
        patient = new PatientWriter(batcher, scheduler, metrics);
    }

    @Override
    public void asyncInvoke(IndexUpdate update, ResultFuture<IndexedChange> result) throws InterruptedException {
        RebuildMarker marker = update.marker();
        if (marker != null) {
            // It leaves the stage behind everything that came before it, which is then acknowledged.
            result.complete(List.of(IndexedChange.end(marker)));
            return;
        }
        InFlightBytes.Held bytes = inFlight.take(WriteSize.of(update));
        String document = update.subject().key().path();
        CompletableFuture<IndexedChange> before = underWay.get(document);
        CompletableFuture<IndexedChange> now = before == null
                ? write(update)
                : before.handle((indexed, failure) -> update).thenCompose(this::write);
        underWay.put(document, now);
        var unused = now.whenComplete((indexed, failure) -> {
            underWay.remove(document, now);
            bytes.done();
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(indexed.isSilent() ? List.of() : List.of(indexed));
            }
        });
    }

    private CompletableFuture<IndexedChange> write(IndexUpdate update) {
        return write(update, update.destination());
    }

    private CompletableFuture<IndexedChange> write(IndexUpdate update, Destination destination) {
        List<IndexWrite> writes = addressed(writes(update), destination);
        List<CompletableFuture<WriteOutcome>> outcomes =
                writes.stream().map(patient::write).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenCompose(ignored -> destination.searched() && anyGone(outcomes)
                        // The aliases moved in between: what went to the indices searched before went to the old ones.
                        ? write(update, Destination.SEARCHED)
                        : CompletableFuture.completedFuture(indexed(update, writes, outcomes)));
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

    private IndexedChange indexed(
            IndexUpdate update, List<IndexWrite> writes, List<CompletableFuture<WriteOutcome>> outcomes) {
        List<DeadLetter> refused = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            if (outcomes.get(i).join() instanceof Rejected rejected) {
                refused.add(RefusedWrite.deadLetter(update.subject(), writes.get(i), rejected));
            }
        }
        ChangeReceipt receipt = update.subject().acknowledged(Instant.now());
        metrics.acknowledged(receipt, writes.size() - refused.size(), refused.size());
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
        if (inFlight != null) {
            inFlight.close();
        }
    }
}
