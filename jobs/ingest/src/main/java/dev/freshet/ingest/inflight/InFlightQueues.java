package dev.freshet.ingest.inflight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is in flight, by key, in the order in which it leaves. */
final class InFlightQueues<I, R> {
    private final Map<Object, Deque<InFlightElement<I, R>>> byKey = new HashMap<>();

    /** Comes behind those of its key; whether there are none. */
    boolean add(InFlightElement<I, R> element) {
        Deque<InFlightElement<I, R>> queue = byKey.computeIfAbsent(element.key(), key -> new ArrayDeque<>());
        queue.addLast(element);
        return queue.size() == 1;
    }

    /** Takes out the first of the key if the work on it is done. */
    @Nullable
    InFlightElement<I, R> pollDone(Object key) {
        InFlightElement<I, R> first = first(key);
        if (first == null || first.result() == null) {
            return null;
        }
        byKey.computeIfPresent(key, (ignored, queue) -> {
            queue.removeFirst();
            return queue.isEmpty() ? null : queue;
        });
        return first;
    }

    @Nullable
    InFlightElement<I, R> first(Object key) {
        Deque<InFlightElement<I, R>> queue = byKey.get(key);
        return queue == null ? null : queue.peekFirst();
    }

    Set<Object> keys() {
        return byKey.keySet();
    }

    List<I> values(Object key) {
        Deque<InFlightElement<I, R>> queue = byKey.get(key);
        return queue == null
                ? List.of()
                : queue.stream().map(InFlightElement::value).toList();
    }
}
