package dev.freshet.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the heap of the TaskManager again and again: its least is about what is left after a collection. */
final class HeapWatch {
    private static final long PAUSE_MILLIS = 250;

    private final FlinkFigures figures;
    private final AtomicBoolean end = new AtomicBoolean();
    private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong most = new AtomicLong();
    private final Thread thread;

    HeapWatch(FlinkFigures figures) {
        this.figures = figures;
        this.thread = Thread.ofPlatform().daemon().name("heap").start(this::look);
    }

    private void look() {
        try {
            while (!end.get()) {
                long used = figures.heapUsed();
                if (used > 0) {
                    least.accumulateAndGet(used, Math::min);
                    most.accumulateAndGet(used, Math::max);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Flink does not tell of the heap", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The most bytes in use that it saw. */
    long end() throws InterruptedException {
        end.set(true);
        thread.join();
        return most.get();
    }

    long least() {
        return least.get();
    }
}
