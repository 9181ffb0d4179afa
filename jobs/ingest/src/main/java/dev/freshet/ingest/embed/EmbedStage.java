package dev.freshet.ingest.embed;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.VectorMemo;
import dev.freshet.core.lease.Leases.Lease;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.inflight.InFlightFunction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Embeds the new chunks of every revision, in batches across documents. */
public final class EmbedStage extends InFlightFunction<Revision, EmbeddedRevision, EmbeddedRevision> {
    public static final String NAME = "embed";
    private static final long serialVersionUID = 1L;

    private final EmbedderFactory embedders;
    private final EmbedLimits limits;
    private transient Embedder embedder;
    private transient ScheduledExecutorService scheduler;
    private transient Batcher<Passage, EmbedOutcome> batcher;
    private transient EmbedMetrics metrics;
    private transient WantedTokenVectors wanted;
    private transient Lease<SharedMemo> memo;
    /** What was asked for and has not come yet, by the key of the text. */
    private transient Map<String, CompletableFuture<EmbedOutcome>> asked;

    public EmbedStage(EmbedderFactory embedders, EmbedLimits limits) {
        this.embedders = embedders;
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        embedder = embedders.open();
        wanted = WantedTokenVectors.of(embedder);
        memo = SharedMemo.lease(embedder.identity(), limits.memoBytes());
        asked = new ConcurrentHashMap<>();
        metrics = new EmbedMetrics(
                getRuntimeContext().getMetricGroup(), memo.value().vectors());
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("embed-retry").daemon().factory());
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        RateLimit rateLimit = new RateLimit(
                share(limits.requestsPerMinute(), subtasks), share(limits.tokensPerMinute(), subtasks), scheduler);
        EmbedCalls calls = new EmbedCalls(embedder, rateLimit, scheduler, metrics);
        batcher = new Batcher<>("embed", limits.batches(), Passage::tokens, calls::send);
    }

    /** A subtask's part of a limit of the whole job; a limit stays a limit. */
    private static long share(long perMinute, int subtasks) {
        return perMinute == 0 ? 0 : Math.max(1, perMinute / subtasks);
    }

    @Override
    public long bytes(Revision revision) {
        return RevisionSize.of(revision, wanted.bytesOfToken());
    }

    @Override
    public CompletableFuture<EmbeddedRevision> begin(Revision revision) {
        countNearDuplicates(revision);
        List<CompletableFuture<ChunkVector>> vectors =
                revision.added().stream().map(this::vector).toList();
        return CompletableFuture.allOf(vectors.toArray(CompletableFuture[]::new))
                .thenApply(done -> new EmbeddedRevision(
                        revision, vectors.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public void end(Revision revision, EmbeddedRevision embedded, Collector<EmbeddedRevision> out) {
        out.collect(embedded);
    }

    /** From the memo, from another chunk that is on its way with the same text, or from the model. */
    private CompletableFuture<ChunkVector> vector(NewChunk chunk) {
        String hash = chunk.chunkHash();
        Passage passage = new Passage(chunk.embeddedText(), chunk.tokens());
        if (limits.memoBytes() == 0) {
            return batcher.submit(passage).thenApply(outcome -> first(hash, outcome));
        }
        String key = VectorMemo.keyOf(passage.text());
        Embedded known = memo.value().vectors().get(key);
        if (known != null && wanted.isIn(known)) {
            metrics.remembered();
            return CompletableFuture.completedFuture(ChunkVector.remembered(hash, known));
        }
        CompletableFuture<EmbedOutcome> onItsWay = asked.get(key);
        if (onItsWay != null) {
            return onItsWay.thenApply(outcome -> again(hash, outcome));
        }
        CompletableFuture<EmbedOutcome> outcome = batcher.submit(passage);
        asked.put(key, outcome);
        return outcome.whenComplete((done, failure) -> remember(key, done)).thenApply(done -> first(hash, done));
    }

    private void remember(String key, @Nullable EmbedOutcome outcome) {
        if (outcome instanceof Embedded embedded) {
            memo.value().vectors().put(key, embedded);
        }
        asked.remove(key);
    }

    private ChunkVector first(String chunkHash, EmbedOutcome outcome) {
        return switch (outcome) {
            case Embedded embedded -> {
                metrics.embedded(embedded.tokens());
                yield ChunkVector.embedded(chunkHash, embedded);
            }
            case Rejected rejected -> rejected(chunkHash, rejected);
        };
    }

    private ChunkVector again(String chunkHash, EmbedOutcome outcome) {
        return switch (outcome) {
            case Embedded embedded -> {
                metrics.remembered();
                yield ChunkVector.remembered(chunkHash, embedded);
            }
            case Rejected rejected -> rejected(chunkHash, rejected);
        };
    }

    private ChunkVector rejected(String chunkHash, Rejected rejected) {
        metrics.rejected();
        return ChunkVector.rejected(chunkHash, rejected.reason(), rejected.message());
    }

    private void countNearDuplicates(Revision revision) {
        for (NewChunk chunk : revision.added()) {
            if (memo.value()
                    .recent()
                    .addAndCompare(revision.key(), chunk.metadata().nearDuplicateKeys())) {
                metrics.nearDuplicate();
            }
        }
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
        if (memo != null) {
            memo.close();
        }
    }
}
