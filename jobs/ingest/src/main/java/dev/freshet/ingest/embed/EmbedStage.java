package dev.freshet.ingest.embed;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.inflight.InFlightFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Embeds the new chunks of every revision, in batches across documents. */
public final class EmbedStage extends InFlightFunction<Revision, EmbeddedRevision, EmbeddedRevision> {
    public static final String NAME = "embed";
    private static final long serialVersionUID = 1L;

    private final EmbedderFactory embedders;
    private final EmbedLimits limits;
    private transient Embedder embedder;
    private transient ScheduledExecutorService scheduler;
    private transient Batcher<NewChunk, EmbedOutcome> batcher;
    private transient EmbedMetrics metrics;

    public EmbedStage(EmbedderFactory embedders, EmbedLimits limits) {
        this.embedders = embedders;
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        embedder = embedders.open();
        metrics = new EmbedMetrics(getRuntimeContext().getMetricGroup());
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
    public long bytes(Revision revision) {
        return RevisionSize.of(revision);
    }

    @Override
    public CompletableFuture<EmbeddedRevision> begin(Revision revision) {
        List<CompletableFuture<EmbedOutcome>> outcomes =
                revision.added().stream().map(batcher::submit).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(ignored -> embedded(revision, outcomes));
    }

    @Override
    public void end(Revision revision, EmbeddedRevision embedded, Collector<EmbeddedRevision> out) {
        out.collect(embedded);
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
    }
}
