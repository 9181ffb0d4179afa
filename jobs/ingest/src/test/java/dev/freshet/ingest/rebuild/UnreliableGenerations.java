package dev.freshet.ingest.rebuild;

import dev.freshet.core.index.InMemoryIndex;
import dev.freshet.core.index.IndexGenerations;
import dev.freshet.core.search.IndexUnavailableException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An index that is away for the first calls. */
final class UnreliableGenerations implements IndexGenerations {
    final InMemoryIndex index = new InMemoryIndex();
    private final AtomicInteger away;

    UnreliableGenerations(int calls) {
        away = new AtomicInteger(calls);
    }

    private void call() {
        if (away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IndexUnavailableException("away");
        }
    }

    @Override
    public void begin(String generation) {
        call();
        index.begin(generation);
    }

    @Override
    public boolean switchTo(String generation) {
        call();
        return index.switchTo(generation);
    }

    @Override
    public List<String> retired() {
        call();
        return index.retired();
    }

    @Override
    public void delete(List<String> indices) {
        call();
        index.delete(indices);
    }

    @Override
    public void close() {}
}
