package dev.freshet.ingest.inflight;

import dev.freshet.core.batch.ByteBudget;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One subtask's part in the budget of bytes that all subtasks of a stage in this process share.
 *
 * <p>Nothing that is in flight ever waits for bytes: an element has its bytes before it is let in, and keeps them until
 * it leaves. What was taken is therefore given back sooner or later, whatever waits for it. Each stage has a budget of
 * its own, so that a stage never waits for one before it.
 */
final class InFlightBytes implements AutoCloseable {
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
    private final Set<Held> all = new HashSet<>();
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
    static InFlightBytes lease(String stage, long bytes) {
        Key key = new Key(stage, bytes);
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(key, absent -> new Shared(bytes));
            shared.leases++;
            return new InFlightBytes(key, shared);
        }
    }

    /** Asks for the bytes of the next element; subtasks have theirs in the order of asking. */
    synchronized Held take(long bytes) {
        if (closed) {
            throw new IllegalStateException("the stage is closed");
        }
        Held held = new Held(bytes, shared.budget.take(bytes));
        all.add(held);
        return held;
    }

    /** The bytes in flight of all subtasks of the stage in this process. */
    long ofProcess() {
        return shared.budget.held();
    }

    private synchronized void giveBack(Held held) {
        if (all.remove(held) && !held.taken.cancel(false)) {
            shared.budget.giveBack(held.bytes);
        }
    }

    /** Gives everything back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Set.copyOf(all).forEach(this::giveBack);
        synchronized (OPEN) {
            if (--shared.leases == 0) {
                OPEN.remove(key);
            }
        }
    }

    /** The bytes of one element. */
    final class Held {
        private final long bytes;
        private final CompletableFuture<Void> taken;

        private Held(long bytes, CompletableFuture<Void> taken) {
            this.bytes = bytes;
            this.taken = taken;
        }

        /** Whether there were so many bytes. */
        boolean isTaken() {
            return taken.isDone();
        }

        /** Has this run when the bytes are taken, on the thread that made them free. */
        void whenTaken(Runnable then) {
            var unused = taken.thenRun(then);
        }

        /** The element has left, or wants the bytes no more. */
        void giveBack() {
            InFlightBytes.this.giveBack(this);
        }
    }
}
