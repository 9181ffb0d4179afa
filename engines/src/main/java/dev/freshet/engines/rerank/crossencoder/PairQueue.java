package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.engines.embedding.MicroBatches;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What waits for the model: calls whose texts are no tokens yet, and pairs of all calls whose are. What nobody waits for any longer
 * is dropped. Safe for concurrent use.
 */
final class PairQueue {
    private final int mostPairs;
    private final int batchTokens;
    private final Deque<RerankCall> calls = new ArrayDeque<>();
    private final List<WaitingPair> pairs = new ArrayList<>();

    /** What is to be done next. */
    sealed interface Work {
        /** Make pairs of a call. */
        record Tokenize(RerankCall call) implements Work {}

        /** Score pairs, all in one call of the model. */
        record Score(List<WaitingPair> pairs) implements Work {}

        /** Nothing. */
        record None() implements Work {}
    }

    /**
     * An empty queue.
     *
     * @param mostPairs that wait; a larger call is taken by an empty queue
     * @param batchTokens most tokens of a call of the model, padding included; 0: every pair has a call of its own
     */
    PairQueue(int mostPairs, int batchTokens) {
        this.mostPairs = mostPairs;
        this.batchTokens = batchTokens;
    }

    /** Takes a call in; false where too much waits already. */
    synchronized boolean add(RerankCall call) {
        int waiting = waiting();
        if (waiting > 0 && waiting + call.passages().size() > mostPairs) {
            dropWhatIsOver();
            waiting = waiting();
        }
        if (waiting > 0 && waiting + call.passages().size() > mostPairs) {
            return false;
        }
        calls.addLast(call);
        return true;
    }

    private int waiting() {
        return pairs.size()
                + calls.stream().mapToInt(call -> call.passages().size()).sum();
    }

    synchronized void add(List<WaitingPair> ofACall) {
        pairs.addAll(ofACall);
    }

    synchronized boolean isEmpty() {
        return calls.isEmpty() && pairs.isEmpty();
    }

    /** Takes the next work out. Calls become tokens first, so that their pairs can share the calls of the model. */
    synchronized Work next() {
        dropWhatIsOver();
        if (!calls.isEmpty()) {
            return new Work.Tokenize(calls.removeFirst());
        }
        return pairs.isEmpty() ? new Work.None() : new Work.Score(nextBatch());
    }

    /** Of the batches that all pairs make, the one with the pair that has waited longest. */
    private List<WaitingPair> nextBatch() {
        if (batchTokens == 0) {
            return List.of(pairs.removeFirst());
        }
        int[] lengths = pairs.stream().mapToInt(pair -> pair.tokens().length()).toArray();
        List<Integer> chosen = MicroBatches.of(lengths, batchTokens).stream()
                .filter(batch -> batch.contains(0))
                .findFirst()
                .orElseThrow();
        List<WaitingPair> batch = chosen.stream().map(pairs::get).toList();
        Set<Integer> taken = new HashSet<>(chosen);
        List<WaitingPair> left = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (!taken.contains(i)) {
                left.add(pairs.get(i));
            }
        }
        pairs.clear();
        pairs.addAll(left);
        return batch;
    }

    private void dropWhatIsOver() {
        calls.removeIf(RerankCall::isOver);
        pairs.removeIf(pair -> pair.call().isOver());
    }
}
