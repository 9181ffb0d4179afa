package dev.freshet.ingest.rebuild;

import dev.freshet.core.index.IndexGenerations;
import dev.freshet.core.retry.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the index's generations on a thread of its own, again until it answers: a command must neither stop the stream nor
 * bring the job down.
 */
final class PatientGenerations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatientGenerations.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

    private final IndexGenerations generations;
    private final ScheduledExecutorService thread;

    PatientGenerations(IndexGenerations generations) {
        this.generations = generations;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("index-generations").daemon().factory());
    }

    /** Completes with the first answer, or fails when this is closed. */
    <T> CompletableFuture<T> call(String purpose, Function<IndexGenerations, T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        schedule(Duration.ZERO, answer, () -> attempt(purpose, call, 1, answer));
        return answer;
    }

    private <T> void attempt(
            String purpose, Function<IndexGenerations, T> call, int attempts, CompletableFuture<T> answer) {
        try {
            answer.complete(call.apply(generations));
        } catch (RuntimeException e) {
            LOG.warn("The index did not yet {}: attempts={} reason={}", purpose, attempts, e.getMessage());
            Duration wait = BACKOFF.after(attempts, ThreadLocalRandom.current());
            schedule(wait, answer, () -> attempt(purpose, call, attempts + 1, answer));
        } catch (Error e) {
            answer.completeExceptionally(e);
            throw e;
        }
    }

    /** Deletes what is retired now, once the searches that have begun on it have ended. */
    void deleteRetired(Duration grace) {
        var unused = call("list retired indices", IndexGenerations::retired).thenAccept(retired -> {
            if (!retired.isEmpty()) {
                schedule(grace, new CompletableFuture<>(), () -> delete(retired));
            }
        });
    }

    private void delete(List<String> retired) {
        var unused = call("delete retired indices", found -> {
            found.delete(retired);
            LOG.info("Retired indices were deleted: indices={}", retired);
            return retired;
        });
    }

    private void schedule(Duration wait, CompletableFuture<?> answer, Runnable step) {
        try {
            var unused = thread.schedule(step, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closing; the command is in the checkpoint.
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        generations.close();
    }
}
