package dev.freshet.ingest.embed;

import dev.freshet.core.batch.Batcher;
import dev.freshet.core.cost.TokenPrice;
import dev.freshet.core.document.Priority;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbeddingMemo;
import dev.freshet.core.lease.Leases.Lease;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.inflight.Claim;
import dev.freshet.ingest.inflight.InFlightFunction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Embeds the new chunks of every revision, in batches across documents. */
public final class EmbedStage extends InFlightFunction<Revision, EmbeddedRevision, EmbeddedRevision> {
    public static final String NAME = "embed";
    private static final long serialVersionUID = 1L;

    private final EmbedderFactory embedders;
    private final EmbedLimits limits;
    private final EmbeddingMemoFactory memos;
    private final TokenPrice price;
    private transient Embedder embedder;
    private transient SharedGovernor governor;
    private transient Batcher<Passage, EmbedOutcome> batcher;
    private transient EmbedMetrics metrics;
    private transient WantedTokenVectors wanted;
    private transient Lease<SharedMemo> memo;
    private transient EmbeddingMemo shared;
    /** Goes on with what the shared memo answered; has no thread where there is none. */
    private transient ExecutorService afterLookups;

    private transient PassageVectors vectors;

    /**
     * @param memos of vectors that processes share
     * @param price of the embedder's tokens
     */
    public EmbedStage(EmbedderFactory embedders, EmbedLimits limits, EmbeddingMemoFactory memos, TokenPrice price) {
        this.embedders = embedders;
        this.limits = limits;
        this.memos = memos;
        this.price = price;
    }

    @Override
    public void open(OpenContext context) {
        embedder = embedders.open();
        wanted = WantedTokenVectors.of(embedder);
        memo = SharedMemo.lease(embedder.identity(), limits.memoBytes());
        shared = memos.open();
        metrics = new EmbedMetrics(
                getRuntimeContext().getMetricGroup(), memo.value().vectors());
        governor = SharedGovernor.join(
                getRuntimeContext().getJobInfo().getJobId().toString(),
                embedder.identity(),
                limits.governor(),
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        GovernorMetrics.register(getRuntimeContext().getMetricGroup(), governor.governor());
        EmbedCalls calls = new EmbedCalls(embedder, governor.governor(), metrics);
        batcher = new Batcher<>("embed", limits.batches(), Passage::tokens, calls::send);
        afterLookups = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("embed-after-lookup").daemon().factory());
        vectors = new PassageVectors(
                embedder.identity(),
                limits.memoBytes() > 0 || !shared.equals(EmbeddingMemo.NONE),
                memo.value().vectors(),
                shared,
                passage -> batcher.submit(passage, passage.live()),
                afterLookups,
                wanted,
                metrics,
                new TenantCosts(
                        getRuntimeContext().getMetricGroup(),
                        embedder.identity().name(),
                        price,
                        memo.value().tenants()));
    }

    @Override
    public long bytes(Revision revision) {
        return RevisionSize.of(revision, wanted.bytesOfToken());
    }

    @Override
    public Claim claim(Revision revision) {
        return new Claim(revision.tenant(), revision.priority(), RevisionTokens.of(revision));
    }

    @Override
    public long used(EmbeddedRevision embedded) {
        return embedded.vectors().stream().mapToLong(ChunkVector::tokens).sum();
    }

    @Override
    public boolean isStalled() {
        return governor.governor().isStanding();
    }

    @Override
    public CompletableFuture<EmbeddedRevision> begin(Revision revision) {
        countNearDuplicates(revision);
        boolean live = revision.priority() == Priority.LIVE;
        List<CompletableFuture<ChunkVector>> found = vectors.of(revision.key().tenant(), live, revision.added());
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                .thenApply(done -> new EmbeddedRevision(
                        revision, found.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public void end(Revision revision, EmbeddedRevision embedded, Collector<EmbeddedRevision> out) {
        out.collect(embedded);
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
        if (governor != null) {
            governor.close();
        }
        if (afterLookups != null) {
            afterLookups.shutdownNow();
        }
        if (vectors != null) {
            vectors.close();
        }
        if (shared != null) {
            shared.close();
        }
        if (embedder != null) {
            embedder.close();
        }
        if (memo != null) {
            memo.close();
        }
    }
}
