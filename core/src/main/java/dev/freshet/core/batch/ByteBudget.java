package dev.freshet.core.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the bytes that are held at once. Who asks for more than there is waits, in the order of asking, so that nobody
 * waits for ever; who asks for more than the whole budget gets it alone. Safe for concurrent use.
 */
public final class ByteBudget {
    private final long bytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The numbers of those who wait, in the order of asking. */
    private final Deque<Long> waiting = new ArrayDeque<>();

    private long asked;
    private long held;

    public ByteBudget(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a budget has at least 1 byte, not " + bytes);
        }
        this.bytes = bytes;
    }

    /**
     * Takes bytes, and waits until there are so many.
     *
     * @throws InterruptedException when the thread was interrupted; then nothing is taken
     */
    public void take(long wanted) throws InterruptedException {
        lock.lockInterruptibly();
        Long number = asked++;
        try {
            waiting.addLast(number);
            while (!number.equals(waiting.peekFirst()) || !fits(wanted)) {
                changed.await();
            }
            held += wanted;
        } finally {
            waiting.remove(number);
            // The next one in the row may fit as well, or need not wait for this one any more.
            changed.signalAll();
            lock.unlock();
        }
    }

    private boolean fits(long wanted) {
        return held == 0 || wanted <= bytes - held;
    }

    /** Gives back what was taken. */
    public void giveBack(long taken) {
        lock.lock();
        try {
            if (taken > held) {
                throw new IllegalStateException("%d bytes are given back, but %d are held".formatted(taken, held));
            }
            held -= taken;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The bytes that are held now. */
    public long held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }
}
