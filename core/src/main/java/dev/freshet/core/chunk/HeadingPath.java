package dev.freshet.core.chunk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The headings and definitions in force while a text is read from top to bottom. */
final class HeadingPath {
    private final Deque<Block> open = new ArrayDeque<>();

    /** Those above a chunk that begins with this block. */
    List<String> above(Block block) {
        return open.stream()
                .filter(above -> staysOpen(above, block))
                .map(Block::title)
                .filter(title -> !title.isEmpty())
                .toList();
    }

    void enter(Block block) {
        if (block.equals(open.peekLast())) {
            return;
        }
        while (!open.isEmpty() && !staysOpen(open.getLast(), block)) {
            open.removeLast();
        }
        if (block.type() == BlockType.HEADING || block.type() == BlockType.DEFINITION) {
            open.addLast(block);
        }
    }

    /** The definitions in force, outermost first, as code names them: {@code Stack.push}. */
    String symbol() {
        return open.stream()
                .filter(above -> above.type() == BlockType.DEFINITION)
                .map(Block::title)
                .collect(Collectors.joining("."));
    }

    private static boolean staysOpen(Block above, Block next) {
        return switch (next.type()) {
            case HEADING, DEFINITION -> above.level() < next.level() || above.equals(next);
            // Code around definitions says how deep it is nested; a fence is below whatever heading there is.
            case CODE -> above.type() != BlockType.DEFINITION || above.level() <= next.level();
            default -> true;
        };
    }
}
