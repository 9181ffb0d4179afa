package dev.freshet.ingest.inflight;

import dev.freshet.core.batch.ByteBudget;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * One subtask's part in the budget of bytes that all subtasks of a stage in this process share.
 *
 * <p>A stage that emits in order keeps an element until all before it are done; so are its bytes. Nothing that is in
 * flight ever waits for bytes: an element has its bytes before its work begins, and keeps them while the work is tried
 * again. What was taken is therefore given back sooner or later, whatever waits for it. Each stage has a budget of its
 * own, so that a stage never waits for one before it.
 */
public final class InFlightBytes implements AutoCloseable {
    private record Key(String stage, long bytes) {}

    private static final class Shared {
        final ByteBudget budget;
        int leases;

        Shared(long bytes) {
            budget = new ByteBudget(bytes);
        }
    }

    private static final Map<Key, Shared> OPEN = new HashMap<>();

    private final Key key;
    private final Shared shared;
    /** In the order of taking. */
    private final Deque<Held> inFlight = new ArrayDeque<>();

    private boolean closed;

    private InFlightBytes(Key key, Shared shared) {
        this.key = key;
        this.shared = shared;
    }

    /**
     * A part in the process's budget of the stage.
     *
     * @param bytes the whole budget
     */
    public static InFlightBytes lease(String stage, long bytes) {
        Key key = new Key(stage, bytes);
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(key, absent -> new Shared(bytes));
            shared.leases++;
            return new InFlightBytes(key, shared);
        }
    }

    /**
     * Takes the bytes of the next element; waits while too much is in flight.
     *
     * @throws InterruptedException when the task was cancelled meanwhile
     */
    public Held take(long bytes) throws InterruptedException {
        shared.budget.take(bytes);
        Held held = new Held(bytes);
        synchronized (this) {
            if (closed) {
                shared.budget.giveBack(bytes);
                throw new IllegalStateException("the stage is closed");
            }
            inFlight.addLast(held);
        }
        return held;
    }

    /** The bytes in flight of all subtasks of the stage in this process. */
    public long ofProcess() {
        return shared.budget.held();
    }

    private synchronized void done(Held held) {
        held.done = true;
        while (!inFlight.isEmpty() && inFlight.getFirst().done) {
            shared.budget.giveBack(inFlight.removeFirst().bytes);
        }
    }

    /** Gives everything back. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            inFlight.forEach(held -> shared.budget.giveBack(held.bytes));
            inFlight.clear();
        }
        synchronized (OPEN) {
            if (--shared.leases == 0) {
                OPEN.remove(key);
            }
        }
    }

    /** The bytes of one element. */
    public final class Held {
        private final long bytes;
        private boolean done;

        private Held(long bytes) {
            this.bytes = bytes;
        }

        /** The element is done; its bytes go back when all before it are done as well. */
        public void done() {
            InFlightBytes.this.done(this);
        }
    }
}
