package dev.freshet.engines.embedding;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that encode, and the fence that keeps native memory alive while any of them, or a caller's own thread,
 * is inside native code.
 */
final class EncoderPool {
    /** Native code that uses freed memory takes the process down; memory that is not freed only costs memory. */
    private static final long CLOSE_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(EncoderPool.class);

    interface Work<T> {
        T run() throws OrtException;
    }

    interface BatchWork {
        void run(MicroBatch batch) throws OrtException;
    }

    private final ExecutorService threads;
    private final ReadWriteLock fence = new ReentrantReadWriteLock();
    private volatile boolean closed;

    EncoderPool(String name, int threads) {
        this.threads = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("encoder-" + name + "-", 0).factory());
    }

    /** Runs the work on a thread of the pool. */
    <T> CompletableFuture<T> submit(Work<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> inline(work), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs the work on each batch; done when every batch is. */
    CompletableFuture<Void> all(List<MicroBatch> batches, BatchWork work) {
        return CompletableFuture.allOf(batches.stream()
                .map(batch -> submit(() -> {
                    work.run(batch);
                    return batch;
                }))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Runs the work on the caller's thread. */
    <T> T inline(Work<T> work) {
        fence.readLock().lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("it is closed");
            }
            return work.run();
        } catch (OrtException e) {
            throw new EncoderFailure(e);
        } finally {
            fence.readLock().unlock();
        }
    }

    /** Refuses what has not begun, waits for what has, then frees native memory. */
    void close(Runnable free) {
        if (closed) {
            return;
        }
        closed = true;
        threads.shutdown();
        try {
            if (!fence.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Encoder still busy after {} s; its native memory was not freed", CLOSE_SECONDS);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interrupted while closing the encoder; its native memory was not freed");
            return;
        }
        try {
            free.run();
        } finally {
            fence.writeLock().unlock();
        }
    }
}
