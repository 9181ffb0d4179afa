package dev.freshet.ingest.index;

import dev.freshet.core.batch.ConcurrencyLimit;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Retryable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends bulk requests, and learns from their answers how many of them the index takes at a time. */
final class BulkCalls {
    private final IndexWriter writer;
    private final ConcurrencyLimit limit;

    BulkCalls(IndexWriter writer, ConcurrencyLimit limit) {
        this.writer = writer;
        this.limit = limit;
    }

    CompletableFuture<List<WriteOutcome>> send(List<IndexWrite> writes) {
        ConcurrencyLimit.Call call = limit.begin();
        try {
            return writer.write(writes).whenComplete((outcomes, failure) -> end(call, outcomes));
        } catch (RuntimeException e) {
            call.failed();
            throw e;
        }
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
