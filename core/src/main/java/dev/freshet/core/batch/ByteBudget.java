package dev.freshet.core.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the bytes that are held at once. Who asks for more than there is waits, in the order of asking, so that nobody
 * waits for ever; who asks for more than the whole budget gets it alone. Safe for concurrent use.
 */
public final class ByteBudget {
    private record Asked(long bytes, CompletableFuture<Void> granted) {}

    private final long bytes;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private long held;

    public ByteBudget(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a budget has at least 1 byte, not " + bytes);
        }
        this.bytes = bytes;
    }

    /** Completes when the bytes are taken; one who cancels it has taken nothing. */
    public CompletableFuture<Void> take(long wanted) {
        Asked asked = new Asked(wanted, new CompletableFuture<>());
        synchronized (this) {
            waiting.addLast(asked);
        }
        grant();
        return asked.granted();
    }

    /** Gives back what was taken. */
    public void giveBack(long taken) {
        synchronized (this) {
            if (taken > held) {
                throw new IllegalStateException("%d bytes are given back, but %d are held".formatted(taken, held));
            }
            held -= taken;
        }
        grant();
    }

    /** The bytes that are held now. */
    public synchronized long held() {
        return held;
    }

    private void grant() {
        for (Asked asked : granted()) {
            if (!asked.granted().complete(null)) {
                giveBack(asked.bytes());
            }
        }
    }

    private synchronized List<Asked> granted() {
        List<Asked> granted = new ArrayList<>();
        for (Asked next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            if (next.granted().isDone()) {
                waiting.removeFirst();
                continue;
            }
            if (held > 0 && next.bytes() > bytes - held) {
                break;
            }
            held += next.bytes();
            granted.add(waiting.removeFirst());
        }
        return granted;
    }
}
