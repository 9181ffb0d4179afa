package dev.freshet.ingest.embed;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.EmbeddingMemo;
import dev.freshet.core.embed.MemoAnswer;
import dev.freshet.core.embed.MemoKeys;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.VectorMemo;
import dev.freshet.core.revision.NewChunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the vectors of chunks: in the memo of the process, in that which processes share, or in what is on its way with the same text; and
 * asks the model for all others. Called by one thread at a time; what comes back comes on others.
 */
final class PassageVectors {
    private final MemoKeys keys;
    private final int dimension;
    private final VectorMemo memo;
    private final EmbeddingMemo shared;
    private final Function<Passage, CompletableFuture<EmbedOutcome>> model;
    private final Executor executor;
    private final WantedTokenVectors wanted;
    private final EmbedMetrics metrics;
    private final TenantCosts costs;
    private final boolean remembers;
    /** What was asked for and has not come yet, by the key of the text. */
    private final Map<String, CompletableFuture<Found>> asked = new ConcurrentHashMap<>();

    /** @param shared whether the outcome came from the memo that processes share */
    private record Found(EmbedOutcome outcome, boolean shared) {}

    /** A text that this process does not know, and what waits for it. */
    private record Unknown(Passage passage, CompletableFuture<Found> found) {}

    /**
     * @param remembers whether there is any memo; where there is none, every chunk is embedded
     * @param model asked for what no memo knows
     * @param executor goes on when the shared memo has answered
     * @param wanted what a memo must know of a text beside its vector
     */
    PassageVectors(
            ModelIdentity identity,
            boolean remembers,
            VectorMemo memo,
            EmbeddingMemo shared,
            Function<Passage, CompletableFuture<EmbedOutcome>> model,
            Executor executor,
            WantedTokenVectors wanted,
            EmbedMetrics metrics,
            TenantCosts costs) {
        this.keys = new MemoKeys(identity, wanted.name());
        this.dimension = identity.dimension();
        this.remembers = remembers;
        this.memo = memo;
        this.shared = shared;
        this.model = model;
        this.executor = executor;
        this.wanted = wanted;
        this.metrics = metrics;
        this.costs = costs;
    }

    /**
     * One vector for each chunk, in their order.
     *
     * @param live whether they go before those that are not
     */
    List<CompletableFuture<ChunkVector>> of(String tenant, boolean live, List<NewChunk> chunks) {
        List<CompletableFuture<ChunkVector>> vectors = new ArrayList<>(chunks.size());
        Map<String, Unknown> unknown = new LinkedHashMap<>();
        for (NewChunk chunk : chunks) {
            vectors.add(vector(tenant, live, chunk, unknown));
        }
        if (!unknown.isEmpty()) {
            ask(unknown);
        }
        return vectors;
    }

    private CompletableFuture<ChunkVector> vector(
            String tenant, boolean live, NewChunk chunk, Map<String, Unknown> unknown) {
        String hash = chunk.chunkHash();
        Passage passage = new Passage(chunk.embeddedText(), chunk.tokens(), live);
        if (!remembers) {
            return model.apply(passage).thenApply(outcome -> first(tenant, hash, new Found(outcome, false)));
        }
        String key = keys.of(passage.text());
        // In this order: what is no longer on its way is in the memo already.
        CompletableFuture<Found> onItsWay = asked.get(key);
        if (onItsWay != null) {
            return onItsWay.thenApply(found -> again(tenant, hash, found));
        }
        Embedded known = memo.get(key);
        if (known != null && wanted.isIn(known)) {
            return CompletableFuture.completedFuture(remembered(tenant, hash, known, false));
        }
        CompletableFuture<Found> found = new CompletableFuture<>();
        asked.put(key, found);
        unknown.put(key, new Unknown(passage, found));
        return found.thenApply(first -> first(tenant, hash, first));
    }

    private void ask(Map<String, Unknown> unknown) {
        if (shared.equals(EmbeddingMemo.NONE)) {
            embed(unknown, MemoAnswer.NOTHING);
            return;
        }
        var unused = shared.getAll(List.copyOf(unknown.keySet()), dimension)
                .thenAcceptAsync(answer -> embed(unknown, answer), executor)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        unknown.forEach((key, one) -> end(key, one, null, failure));
                    }
                });
    }

    /** Asks the model for what the shared memo does not know, and tells that memo before the last of these vectors goes on. */
    private void embed(Map<String, Unknown> unknown, MemoAnswer answer) {
        metrics.asked(answer);
        Map<String, Unknown> left = new LinkedHashMap<>(unknown);
        answer.known().forEach((key, known) -> {
            Unknown one = wanted.isIn(known) ? left.remove(key) : null;
            if (one != null) {
                end(key, one, new Found(known, true), null);
            }
        });
        Map<String, Embedded> embedded = new ConcurrentHashMap<>();
        AtomicInteger underWay = new AtomicInteger(left.size());
        left.forEach((key, one) -> {
            var unused = model.apply(one.passage()).whenComplete((outcome, failure) -> {
                if (outcome instanceof Embedded made) {
                    embedded.put(key, made);
                }
                if (underWay.decrementAndGet() == 0) {
                    remember(embedded);
                }
                end(key, one, outcome == null ? null : new Found(outcome, false), failure);
            });
        });
    }

    private void remember(Map<String, Embedded> embedded) {
        if (embedded.isEmpty()) {
            return;
        }
        var unused = shared.putAll(embedded).thenAccept(stored -> {
            if (!stored) {
                metrics.notRemembered();
            }
        });
    }

    private void end(String key, Unknown one, @Nullable Found found, @Nullable Throwable failure) {
        if (found != null && found.outcome() instanceof Embedded embedded) {
            memo.put(key, embedded);
        }
        asked.remove(key);
        if (found != null) {
            one.found().complete(found);
        } else if (failure != null) {
            one.found().completeExceptionally(failure);
        }
    }

    private ChunkVector first(String tenant, String chunkHash, Found found) {
        return switch (found.outcome()) {
            case Embedded embedded when found.shared() -> remembered(tenant, chunkHash, embedded, true);
            case Embedded embedded -> {
                metrics.embedded(embedded.tokens());
                costs.embedded(tenant, embedded.tokens());
                yield ChunkVector.embedded(chunkHash, embedded);
            }
            case Rejected rejected -> rejected(chunkHash, rejected);
        };
    }

    private ChunkVector again(String tenant, String chunkHash, Found found) {
        return switch (found.outcome()) {
            case Embedded embedded -> remembered(tenant, chunkHash, embedded, false);
            case Rejected rejected -> rejected(chunkHash, rejected);
        };
    }

    private ChunkVector remembered(String tenant, String chunkHash, Embedded embedded, boolean fromShared) {
        metrics.remembered(embedded.tokens(), fromShared);
        costs.saved(tenant, embedded.tokens());
        return ChunkVector.remembered(chunkHash, embedded);
    }

    private ChunkVector rejected(String chunkHash, Rejected rejected) {
        metrics.rejected();
        return ChunkVector.rejected(chunkHash, rejected.reason(), rejected.message());
    }

    /** Fails what is still waited for. */
    void close() {
        List.copyOf(asked.values())
                .forEach(found -> found.completeExceptionally(new IllegalStateException("the embed stage is closed")));
    }
}
