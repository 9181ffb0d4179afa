package dev.freshet.core.govern;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when a test says so, with everything in its order on the test's thread. */
public final class VirtualTimer implements Timer {
    private record Event(long nanos, long number, Runnable then) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
    private long now = 1_000_000_000L;
    private long added;
    private boolean closed;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void after(Duration wait, Runnable then) {
        events.add(new Event(now + wait.toNanos(), added++, then));
    }

    /** Lets time pass, and what falls into it happen. */
    public void pass(Duration time) {
        long end = now + time.toNanos();
        while (!events.isEmpty() && events.peek().nanos() <= end) {
            Event next = events.poll();
            now = next.nanos();
            if (!closed) {
                next.then().run();
            }
        }
        now = end;
    }

    @Override
    public void close() {
        closed = true;
    }
}
