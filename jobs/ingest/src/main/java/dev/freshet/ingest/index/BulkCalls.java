package dev.freshet.ingest.index;

import dev.freshet.core.batch.ConcurrencyLimit;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Retryable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends bulk requests, and learns from their answers how many of them the index takes at a time. */
final class BulkCalls {
    private final IndexWriter writer;
    private final ConcurrencyLimit limit;
    private final Map<ConcurrencyLimit.Call, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    BulkCalls(IndexWriter writer, ConcurrencyLimit limit) {
        this.writer = writer;
        this.limit = limit;
    }

    CompletableFuture<List<WriteOutcome>> send(List<IndexWrite> writes) {
        ConcurrencyLimit.Call call = limit.begin();
        try {
            CompletableFuture<List<WriteOutcome>> answer = writer.write(writes);
            underWay.put(call, answer);
            return answer.whenComplete((outcomes, failure) -> {
                underWay.remove(call);
                end(call, outcomes);
            });
        } catch (RuntimeException e) {
            call.failed();
            throw e;
        }
    }

    /**
     * Waits until what is under way is answered, whatever the answer, but no longer than this. A request that outlives its attempt of the
     * job could land behind what the next attempt writes.
     */
    void awaitAnswers(Duration longest) {
        CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new))
                .<@Nullable Void>handle((answered, failure) -> null)
                .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static void end(ConcurrencyLimit.Call call, @Nullable List<WriteOutcome> outcomes) {
        if (outcomes == null) {
            call.failed();
            return;
        }
        boolean taken = true;
        for (WriteOutcome outcome : outcomes) {
            if (outcome instanceof Retryable retryable) {
                if (retryable.overloaded()) {
                    call.rejected();
                    return;
                }
                taken = false;
            }
        }
        if (taken) {
            call.succeeded();
        } else {
            call.failed();
        }
    }
}
