package dev.freshet.engines.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The lists that are open, and what the lines of a block inside of them begin with. */
final class MarkdownLists {
    /** A list that is open. */
    private static final class OpenList {
        final boolean ordered;
        int items;
        /** The marker that the next block of the item begins with; null behind it. */
        @Nullable
        String marker;

        int width;

        OpenList(boolean ordered) {
            this.ordered = ordered;
        }

        void beginItem() {
            items++;
            marker = ordered ? items + ". " : "- ";
            width = marker.length();
        }
    }

    /** The innermost first. */
    private final Deque<OpenList> open = new ArrayDeque<>();

    void open(boolean ordered) {
        open.push(new OpenList(ordered));
    }

    /** Closes the innermost list, if any is open. */
    void close() {
        open.poll();
    }

    /** Begins an item of the innermost list; without one, of a list that begins here. */
    void beginItem() {
        OpenList list = open.peek();
        if (list == null) {
            list = new OpenList(false);
            open.push(list);
        }
        list.beginItem();
    }

    /** Whether the next block is the first of its item. */
    boolean isItemDue() {
        OpenList list = open.peek();
        return list != null && list.marker != null;
    }

    /** What the first line of the next block begins with; the marker of an item is used up. */
    String takePrefix() {
        StringBuilder prefix = new StringBuilder();
        for (OpenList list : (Iterable<OpenList>) open::descendingIterator) {
            if (list.marker == null || list != open.peek()) {
                prefix.append(" ".repeat(list.width));
            } else {
                prefix.append(list.marker);
                list.marker = null;
            }
        }
        return prefix.toString();
    }

    /** What the other lines of a block begin with. */
    String indent() {
        return " ".repeat(open.stream().mapToInt(list -> list.width).sum());
    }
}
