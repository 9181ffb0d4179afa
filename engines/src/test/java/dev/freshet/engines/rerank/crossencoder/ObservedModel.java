package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.engines.embedding.onnx.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Remembers its calls, and answers none before the test lets it; a score is what the test says. */
final class ObservedModel implements PairModel {
    final List<List<Tokens>> calls = new CopyOnWriteArrayList<>();
    final Semaphore begun = new Semaphore(0);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final long longestMillis;
    private final ToDoubleFunction<Tokens> score;
    volatile boolean closed;

    ObservedModel(ToDoubleFunction<Tokens> score) {
        this(score, 30_000);
    }

    /** @param longestMillis after which it answers in any case */
    ObservedModel(ToDoubleFunction<Tokens> score, long longestMillis) {
        this.score = score;
        this.longestMillis = longestMillis;
    }

    /** From now on it answers at once. */
    ObservedModel answering() {
        answers.countDown();
        return this;
    }

    @Override
    public double[] score(List<Tokens> pairs) {
        if (closed) {
            throw new IllegalStateException("it was closed while somebody used it");
        }
        calls.add(pairs);
        begun.release();
        try {
            var unused = answers.await(longestMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pairs.stream().mapToDouble(score).toArray();
    }

    /** Whether it was asked about a token. */
    boolean saw(long id) {
        return calls.stream()
                .flatMap(List::stream)
                .anyMatch(pair -> Arrays.stream(pair.ids()).anyMatch(token -> token == id));
    }

    @Override
    public void close() {
        closed = true;
    }
}
