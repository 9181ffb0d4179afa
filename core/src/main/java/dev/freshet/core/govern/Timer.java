package dev.freshet.core.govern;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Time, as a governor has it. */
public interface Timer extends AutoCloseable {
    /** Nanoseconds since some moment; only differences have a meaning. */
    long nanos();

    /** Has this run once, after that time; not at all when the timer is closed before. */
    void after(Duration wait, Runnable then);

    @Override
    void close();

    /** The time of this machine, with a thread of its own. */
    static Timer system(String thread) {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(thread).daemon().factory());
        return new Timer() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void after(Duration wait, Runnable then) {
                if (!scheduler.isShutdown()) {
                    var unused = scheduler.schedule(then, wait.toNanos(), TimeUnit.NANOSECONDS);
                }
            }

            @Override
            public void close() {
                scheduler.shutdownNow();
            }
        };
    }
}
