package dev.freshet.bench;

import dev.freshet.local.flink.JobMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the heap of the TaskManager again and again: its least is about what is left after a collection. */
final class HeapWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 250;
    private static final long LAST_LOOK_SECONDS = 60;

    private final JobMetrics metrics;
    private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong most = new AtomicLong();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heap").factory());
    private final Future<?> looking;

    HeapWatch(JobMetrics metrics) {
        this.metrics = metrics;
        this.looking = looks.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            long used = Math.round(metrics.ofTaskManager("Status.JVM.Memory.Heap.Used"));
            if (used > 0) {
                least.accumulateAndGet(used, Math::min);
                most.accumulateAndGet(used, Math::max);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Flink does not tell of the heap", e);
        }
    }

    /** Ends the looks; fails where one of them did, because what came after it was not seen. */
    void end() throws InterruptedException {
        looks.shutdown();
        if (!looks.awaitTermination(LAST_LOOK_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Flink did not tell of the heap in " + LAST_LOOK_SECONDS + " s");
        }
        if (looking.state() == Future.State.FAILED) {
            throw new IllegalStateException("a look at the heap failed", looking.exceptionNow());
        }
    }

    /** The fewest bytes in use that it saw. */
    long least() {
        return least.get();
    }

    /** The most bytes in use that it saw. */
    long most() {
        return most.get();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
