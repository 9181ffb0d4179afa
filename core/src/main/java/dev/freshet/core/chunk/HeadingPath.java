package dev.freshet.core.chunk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The headings in force while a text is read from top to bottom. */
final class HeadingPath {
    private final Deque<Block> open = new ArrayDeque<>();

    /** The headings above a chunk that begins with this block. */
    List<String> above(Block block) {
        boolean heading = block.kind() == Block.Kind.HEADING;
        return open.stream()
                .filter(above -> !heading || above.level() < block.level())
                .map(Block::title)
                .filter(title -> !title.isEmpty())
                .toList();
    }

    void enter(Block block) {
        if (block.kind() != Block.Kind.HEADING || block.equals(open.peekLast())) {
            return;
        }
        while (!open.isEmpty() && open.getLast().level() >= block.level()) {
            open.removeLast();
        }
        open.addLast(block);
    }
}
