package dev.freshet.query.search;

import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The moment by which a request must be answered: its stages share what is left. */
record Deadline(long nanos) {
    static Deadline after(Duration budget) {
        return new Deadline(System.nanoTime() + budget.toNanos());
    }

    /** What is left; zero at least. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** No more than is left. */
    Duration atMost(Duration wanted) {
        Duration left = left();
        return wanted.compareTo(left) < 0 ? wanted : left;
    }

    /** Waits on the request's own thread. */
    <T> T await(CompletableFuture<T> future) throws ExecutionException, TimeoutException {
        return await(future, left());
    }

    /** Waits no longer than this. */
    static <T> T await(CompletableFuture<T> future, Duration budget) throws ExecutionException, TimeoutException {
        try {
            return future.get(budget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.unavailable("stopping", "This server is stopping; try another."), e);
        }
    }
}
