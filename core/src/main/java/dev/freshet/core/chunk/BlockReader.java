package dev.freshet.core.chunk;

import java.util.List;

/** Reads the structure of a text. Safe for concurrent use; linear in the length of the text. */
@FunctionalInterface
interface BlockReader {
    /** The blocks, side by side, that together are the text. */
    List<Block> read(String contentType, String text);
}
