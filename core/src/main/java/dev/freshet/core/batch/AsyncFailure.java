package dev.freshet.core.batch;

import java.util.concurrent.CompletionException;

/** What a stage of a {@link java.util.concurrent.CompletableFuture} failed with. */
public final class AsyncFailure {
    private AsyncFailure() {}

    /** The failure itself, taken out of the wrapper that it gets on its way from one stage to the next. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
