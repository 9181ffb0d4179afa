package dev.freshet.engines.embedding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that encode, and the fence that keeps native memory alive while one of them, or a caller's own thread,
 * is inside native code.
 */
public final class EncoderThreads {
    /** Native code that meets freed memory takes the process down; memory that stays only costs memory. */
    private static final long CLOSE_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(EncoderThreads.class);

    private final ExecutorService threads;
    private final ReadWriteLock fence = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /** @param name of the model, in the names of the threads */
    public EncoderThreads(String name, int threads) {
        this.threads = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("encoder-" + name + "-", 0).factory());
    }

    /** Runs the work on one of the threads. */
    public <T> CompletableFuture<T> submit(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> inline(work), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(closed());
        }
    }

    /** Runs the work on the caller's thread. */
    <T> T inline(Supplier<T> work) {
        fence.readLock().lock();
        try {
            if (closed) {
                throw closed();
            }
            return work.get();
        } finally {
            fence.readLock().unlock();
        }
    }

    /** Refuses what has not begun, waits for what has, then frees native memory. */
    public synchronized void close(Runnable free) {
        if (closed) {
            return;
        }
        closed = true;
        threads.shutdown();
        if (!allOutside()) {
            LOG.warn("Encoder was still busy when it was closed; its native memory was not freed");
            return;
        }
        try {
            free.run();
        } finally {
            fence.writeLock().unlock();
        }
    }

    private boolean allOutside() {
        try {
            return fence.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static RejectedExecutionException closed() {
        return new RejectedExecutionException("it is closed");
    }
}
