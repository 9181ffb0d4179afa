package dev.freshet.ingest.deadletter;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

/** The one result of an asynchronous stage. */
public final class PendingResult implements ResultFuture<ChangeOrLetter> {
    private final CompletableFuture<ChangeOrLetter> done = new CompletableFuture<>();

    public CompletableFuture<ChangeOrLetter> done() {
        return done;
    }

    @Override
    public void complete(Collection<ChangeOrLetter> results) {
        done.complete(results.iterator().next());
    }

    @Override
    public void complete(CollectionSupplier<ChangeOrLetter> supplier) {
        throw new AssertionError("the stage has its results at hand");
    }

    @Override
    public void completeExceptionally(Throwable failure) {
        done.completeExceptionally(failure);
    }
}
