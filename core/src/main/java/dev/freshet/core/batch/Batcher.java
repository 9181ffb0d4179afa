package dev.freshet.core.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gathers items from many callers into batches and hands each caller its own result.
 *
 * <p>A batch leaves when it is full by count or by weight, or when its first item has waited for the linger
 * time; at most {@code parallelism} batches are under way. Every future completes: with its result, with the
 * batch's failure, or with {@link IllegalStateException} when the batcher is closed. The queue is bounded by
 * the callers, which wait for their futures.
 *
 * @param <I> what goes in
 * @param <O> what comes out, one per item
 */
public final class Batcher<I, O> implements AutoCloseable {
    private record Entry<I, O>(I item, long weight, long submittedNanos, CompletableFuture<O> result) {}

    private final Limits limits;
    private final IntSupplier parallelism;
    private final ToLongFunction<I> weight;
    private final Function<List<I>, CompletableFuture<List<O>>> send;
    private final ScheduledExecutorService timer;

    /** Batches that urgent items may begin while others wait, before one that the others begin. */
    private static final int URGENT_IN_A_ROW = 3;

    private final Deque<Entry<I, O>> urgent = new ArrayDeque<>();
    private final Deque<Entry<I, O>> others = new ArrayDeque<>();
    private final Set<List<Entry<I, O>>> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Calls of {@link #dispatch} not yet answered: one thread at a time answers for all, without recursion. */
    private final AtomicInteger dispatches = new AtomicInteger();

    private long queuedWeight;
    private int urgentInARow;
    private boolean timerSet;
    private boolean closed;

    /**
     * How large batches get and how long they wait.
     *
     * @param items most items of a batch
     * @param weight most weight of a batch; a single heavier item goes alone
     * @param linger longest wait of an item for others, while a place is free
     * @param parallelism most batches under way
     */
    public record Limits(int items, long weight, Duration linger, int parallelism) {
        public Limits {
            if (items < 1 || weight < 1 || parallelism < 1 || linger.isNegative()) {
                throw new IllegalArgumentException(
                        "batch limits must be positive, but are items %d, weight %d, linger %s, parallelism %d"
                                .formatted(items, weight, linger, parallelism));
            }
        }
    }

    public Batcher(
            String name, Limits limits, ToLongFunction<I> weight, Function<List<I>, CompletableFuture<List<O>>> send) {
        this(name, limits, limits::parallelism, weight, send);
    }

    /**
     * A batcher whose parallelism changes.
     *
     * @param parallelism most batches under way now; asked when one could leave, and never more than that of the limits
     */
    public Batcher(
            String name,
            Limits limits,
            IntSupplier parallelism,
            ToLongFunction<I> weight,
            Function<List<I>, CompletableFuture<List<O>>> send) {
        this.limits = limits;
        this.parallelism = parallelism;
        this.weight = weight;
        this.send = send;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name + "-linger").daemon().factory());
    }

    /** Adds an item; never blocks. Items leave in the order in which they came. */
    public CompletableFuture<O> submit(I item) {
        return submit(item, true);
    }

    /**
     * Adds an item; never blocks.
     *
     * @param goesFirst whether it goes before the items that do not; of four batches, one begins with these
     */
    public CompletableFuture<O> submit(I item, boolean goesFirst) {
        Entry<I, O> entry = new Entry<>(item, weight.applyAsLong(item), System.nanoTime(), new CompletableFuture<>());
        synchronized (this) {
            if (closed) {
                entry.result().completeExceptionally(closedException());
                return entry.result();
            }
            (goesFirst ? urgent : others).addLast(entry);
            queuedWeight += entry.weight();
        }
        dispatch();
        return entry.result();
    }

    private void dispatch() {
        int open = dispatches.incrementAndGet() == 1 ? 1 : 0;
        while (open > 0) {
            for (List<Entry<I, O>> batch = nextBatch(); batch != null; batch = nextBatch()) {
                send(batch);
            }
            open = dispatches.addAndGet(-open);
        }
    }

    private synchronized @Nullable List<Entry<I, O>> nextBatch() {
        int queued = urgent.size() + others.size();
        if (closed || queued == 0 || underWay.size() >= placesNow()) {
            return null;
        }
        long lingerLeft = limits.linger().toNanos() - Math.max(waited(urgent), waited(others));
        boolean full = queued >= limits.items() || queuedWeight >= limits.weight();
        if (!full && lingerLeft > 0) {
            setTimer(lingerLeft);
            return null;
        }
        List<Entry<I, O>> batch = takeBatch();
        underWay.add(batch);
        return batch;
    }

    private long waited(Deque<Entry<I, O>> queue) {
        Entry<I, O> first = queue.peekFirst();
        return first == null ? 0 : System.nanoTime() - first.submittedNanos();
    }

    private int placesNow() {
        return Math.clamp(parallelism.getAsInt(), 1, limits.parallelism());
    }

    private synchronized List<Entry<I, O>> takeBatch() {
        boolean urgentFirst = others.isEmpty() || (!urgent.isEmpty() && urgentInARow < URGENT_IN_A_ROW);
        urgentInARow = urgentFirst && !others.isEmpty() ? urgentInARow + 1 : 0;
        List<Entry<I, O>> batch = new ArrayList<>();
        if (fill(batch, urgentFirst ? urgent : others)) {
            fill(batch, urgentFirst ? others : urgent);
        }
        queuedWeight -= weightOf(batch);
        return batch;
    }

    /** False where the next item is too heavy for what is left of the batch. */
    private boolean fill(List<Entry<I, O>> batch, Deque<Entry<I, O>> queue) {
        long batchWeight = weightOf(batch);
        while (!queue.isEmpty() && batch.size() < limits.items()) {
            Entry<I, O> next = queue.getFirst();
            if (!batch.isEmpty() && batchWeight + next.weight() > limits.weight()) {
                return false;
            }
            queue.removeFirst();
            batchWeight += next.weight();
            batch.add(next);
        }
        return true;
    }

    private static long weightOf(List<? extends Entry<?, ?>> batch) {
        return batch.stream().mapToLong(Entry::weight).sum();
    }

    private synchronized void setTimer(long nanos) {
        if (!timerSet) {
            timerSet = true;
            var unused = timer.schedule(this::onTimer, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void onTimer() {
        synchronized (this) {
            timerSet = false;
        }
        dispatch();
    }

    private void send(List<Entry<I, O>> batch) {
        CompletableFuture<List<O>> answer;
        try {
            answer = send.apply(batch.stream().map(Entry::item).toList());
        } catch (RuntimeException | Error e) {
            // Whatever it was, the callers must not wait for ever.
            answer = CompletableFuture.failedFuture(e);
        }
        var unused = answer.whenComplete((results, failure) -> {
            synchronized (this) {
                underWay.remove(batch);
            }
            complete(batch, results, failure);
            dispatch();
        });
    }

    private void complete(List<Entry<I, O>> batch, @Nullable List<O> results, @Nullable Throwable failure) {
        if (results == null || failure != null) {
            Throwable reason = failure == null
                    ? new IllegalStateException("a batch was answered with null")
                    : AsyncFailure.cause(failure);
            batch.forEach(entry -> entry.result().completeExceptionally(reason));
            return;
        }
        if (results.size() != batch.size()) {
            IllegalStateException mismatch = new IllegalStateException(
                    "a batch of %d items was answered with %d results".formatted(batch.size(), results.size()));
            batch.forEach(entry -> entry.result().completeExceptionally(mismatch));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).result().complete(results.get(i));
        }
    }

    /** Fails all that waits or is under way; what was sent may still take effect. */
    @Override
    public void close() {
        List<CompletableFuture<?>> open = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            urgent.forEach(entry -> open.add(entry.result()));
            others.forEach(entry -> open.add(entry.result()));
            urgent.clear();
            others.clear();
            underWay.forEach(batch -> batch.forEach(entry -> open.add(entry.result())));
        }
        timer.shutdownNow();
        open.forEach(future -> future.completeExceptionally(closedException()));
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the batcher is closed");
    }
}
