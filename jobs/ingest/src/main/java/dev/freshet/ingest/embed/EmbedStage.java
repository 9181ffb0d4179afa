package dev.freshet.ingest.embed;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.inflight.InFlightBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Embeds the new chunks of every revision, in batches across documents. */
public final class EmbedStage extends RichAsyncFunction<Revision, EmbeddedRevision> {
    public static final String NAME = "embed";
    private static final long serialVersionUID = 1L;

    private final EmbedderFactory embedders;
    private final EmbedLimits limits;
    private final long inFlightLimit;
    private transient Embedder embedder;
    private transient ScheduledExecutorService scheduler;
    private transient Batcher<NewChunk, EmbedOutcome> batcher;
    private transient EmbedMetrics metrics;
    private transient InFlightBytes inFlight;

    /** @param inFlightLimit most bytes of revisions in flight, estimated, of all subtasks in one process */
    public EmbedStage(EmbedderFactory embedders, EmbedLimits limits, long inFlightLimit) {
        this.inFlightLimit = inFlightLimit;
        this.embedders = embedders;
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        embedder = embedders.open();
        inFlight = InFlightBytes.lease(NAME, inFlightLimit);
        metrics = new EmbedMetrics(getRuntimeContext().getMetricGroup(), inFlight);
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("embed-retry").daemon().factory());
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        RateLimit rateLimit = new RateLimit(
                share(limits.requestsPerMinute(), subtasks), share(limits.tokensPerMinute(), subtasks), scheduler);
        EmbedCalls calls = new EmbedCalls(embedder, rateLimit, scheduler, metrics);
        batcher = new Batcher<>("embed", limits.batches(), NewChunk::tokens, calls::send);
    }

    /** A subtask's part of a limit of the whole job; a limit stays a limit. */
    private static long share(long perMinute, int subtasks) {
        return perMinute == 0 ? 0 : Math.max(1, perMinute / subtasks);
    }

    @Override
    public void asyncInvoke(Revision revision, ResultFuture<EmbeddedRevision> result) throws InterruptedException {
        InFlightBytes.Held bytes = inFlight.take(RevisionSize.of(revision));
        List<CompletableFuture<EmbedOutcome>> outcomes =
                revision.added().stream().map(batcher::submit).toList();
        var unused = CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(ignored -> embedded(revision, outcomes))
                .whenComplete((embedded, failure) -> {
                    bytes.done();
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    } else {
                        result.complete(List.of(embedded));
                    }
                });
    }

    private EmbeddedRevision embedded(Revision revision, List<CompletableFuture<EmbedOutcome>> outcomes) {
        List<ChunkVector> vectors = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            String chunkHash = revision.added().get(i).chunkHash();
            vectors.add(
                    switch (outcomes.get(i).join()) {
                        case Embedded(float[] vector, int tokens) -> {
                            metrics.embedded(tokens);
                            yield new ChunkVector(chunkHash, vector, tokens, null, null);
                        }
                        case Rejected(String reason, String message) -> {
                            metrics.rejected();
                            yield new ChunkVector(chunkHash, null, 0, reason, message);
                        }
                    });
        }
        return new EmbeddedRevision(revision, vectors);
    }

    @Override
    public void close() {
        if (batcher != null) {
            batcher.close();
        }
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        if (embedder != null) {
            embedder.close();
        }
        if (inFlight != null) {
            inFlight.close();
        }
    }
}
