package dev.freshet.ingest.inflight;

import dev.freshet.core.batch.ByteBudget;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;
import java.util.HashSet;
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

    private static final Leases<Key, ByteBudget> LEASES = new Leases<>(key -> new ByteBudget(key.bytes()));

    private final Lease<ByteBudget> budget;
    private final Set<Held> all = new HashSet<>();

    private InFlightBytes(Lease<ByteBudget> budget) {
        this.budget = budget;
    }

    /**
     * A part in the process's budget of the stage.
     *
     * @param bytes the whole budget
     */
    static InFlightBytes lease(String stage, long bytes) {
        return new InFlightBytes(LEASES.lease(new Key(stage, bytes)));
    }

    /** Asks for the bytes of the next element; subtasks have theirs in the order of asking. */
    synchronized Held take(long bytes) {
        if (budget.isClosed()) {
            throw new IllegalStateException("the stage is closed");
        }
        Held held = new Held(bytes, budget.value().take(bytes));
        all.add(held);
        return held;
    }

    /** The bytes in flight of all subtasks of the stage in this process. */
    long ofProcess() {
        return budget.value().held();
    }

    private synchronized void giveBack(Held held) {
        if (all.remove(held) && !held.taken.cancel(false)) {
            budget.value().giveBack(held.bytes);
        }
    }

    /** Gives everything back. */
    @Override
    public synchronized void close() {
        Set.copyOf(all).forEach(this::giveBack);
        budget.close();
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
