package dev.freshet.core.chunk;

/**
 * A structural part of a text. The blocks of a text lie side by side and cover it.
 *
 * @param kind what it is
 * @param start offset of the first character
 * @param end offset after the last character, white space up to the next block included
 * @param level of a heading from 1 to 6; else 0
 * @param title of a heading; else empty
 */
record Block(Kind kind, int start, int end, int level, String title) {
    enum Kind {
        HEADING,
        PROSE,
        LIST_ITEM,
        LINES
    }

    static Block of(Kind kind, int start, int end) {
        return new Block(kind, start, end, 0, "");
    }
}
