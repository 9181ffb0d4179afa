package dev.freshet.ingest.inflight;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What leaves a stage only behind everything that came before it, in whatever order that leaves.
 *
 * @param <T> what is behind all
 */
final class BehindAll<T> {
    /** The elements that came between two such. */
    static final class Group {
        private int open;
    }

    private final Deque<T> last = new ArrayDeque<>();
    /** One before each of {@code last}, and the one that is filled now. */
    private final Deque<Group> groups = new ArrayDeque<>();

    BehindAll() {
        groups.add(new Group());
    }

    /** An element comes that is not behind all. */
    Group enter() {
        Group current = groups.getLast();
        current.open++;
        return current;
    }

    /** It has left. */
    void leave(Group group) {
        group.open--;
    }

    /** Something comes that is behind all. */
    void add(T item) {
        last.add(item);
        groups.add(new Group());
    }

    /** The next that everything before it has left; null where there is none. */
    @Nullable
    T poll() {
        if (last.isEmpty() || groups.getFirst().open > 0) {
            return null;
        }
        groups.removeFirst();
        return last.removeFirst();
    }
}
