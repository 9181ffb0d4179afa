package dev.freshet.ingest.index;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.ingest.materialize.Destination;
import dev.freshet.ingest.materialize.IndexUpdate;
import dev.freshet.ingest.rebuild.RebuildMarker;
import java.time.Instant;
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

/** Writes every update to the index, in bulk requests across documents, and reports when all of it is acknowledged. */
public final class IndexStage extends RichAsyncFunction<IndexUpdate, IndexedChange> {
    public static final String NAME = "index";
    private static final long serialVersionUID = 1L;
    private static final int BYTES_PER_DIMENSION = 10;
    private static final int BYTES_AROUND = 500;

    private final IndexWriterFactory writers;
    private final BulkLimits limits;
    private transient IndexWriter writer;
    private transient ScheduledExecutorService scheduler;
    private transient Batcher<IndexWrite, WriteOutcome> batcher;
    private transient PatientWriter patient;
    private transient IndexMetrics metrics;
    /**
     * The last update of every document that has one under way. An update waits for the one before it: a write that is
     * tried again after a restart of the index would otherwise find no trace of the delete that came after it.
     */
    private transient Map<String, CompletableFuture<IndexedChange>> underWay;

    public IndexStage(IndexWriterFactory writers, BulkLimits limits) {
        this.writers = writers;
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        writer = writers.open();
        underWay = new ConcurrentHashMap<>();
        metrics = new IndexMetrics(getRuntimeContext().getMetricGroup());
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("index-retry").daemon().factory());
        batcher = new Batcher<>("index", limits.batches(), IndexStage::estimatedBytes, writer::write);
        patient = new PatientWriter(batcher, scheduler, metrics);
    }

    @Override
    public void asyncInvoke(IndexUpdate update, ResultFuture<IndexedChange> result) {
        RebuildMarker marker = update.marker();
        if (marker != null) {
            // It leaves the stage behind everything that came before it, which is then acknowledged.
            result.complete(List.of(IndexedChange.end(marker)));
            return;
        }
        String document = update.subject().key().path();
        CompletableFuture<IndexedChange> before = underWay.get(document);
        CompletableFuture<IndexedChange> now = before == null
                ? write(update)
                : before.handle((indexed, failure) -> update).thenCompose(this::write);
        underWay.put(document, now);
        var unused = now.whenComplete((indexed, failure) -> {
            underWay.remove(document, now);
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(indexed.isSilent() ? List.of() : List.of(indexed));
            }
        });
    }

    private CompletableFuture<IndexedChange> write(IndexUpdate update) {
        List<IndexWrite> writes = writes(update);
        List<CompletableFuture<WriteOutcome>> outcomes =
                writes.stream().map(patient::write).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(ignored -> indexed(update, writes, outcomes));
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
        return addressed(writes, update.destination());
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
        return new IndexedChange(update.reported() ? receipt : null, refused, null);
    }

    private static long estimatedBytes(IndexWrite write) {
        return switch (write) {
            case IndexWrite.PutChunk(ChunkDocument chunk) ->
                BYTES_AROUND
                        + chunk.text().length()
                        + 2L * chunk.fields().metadata().length()
                        + chunk.fields().acl().stream().mapToInt(String::length).sum()
                        + (chunk.vector() == null ? 0L : (long) chunk.vector().length * BYTES_PER_DIMENSION);
            case IndexWrite.PutDocument put ->
                BYTES_AROUND + 100L * put.entry().manifest().size();
            case IndexWrite.DeleteChunk delete -> BYTES_AROUND;
            case IndexWrite.DeleteDocument delete -> BYTES_AROUND;
            case IndexWrite.ForGeneration next -> estimatedBytes(next.write());
        };
    }

    @Override
    public void close() {
        if (batcher != null) {
            batcher.close();
        }
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        if (writer != null) {
            writer.close();
        }
    }
}
