package dev.freshet.core.chunk;

import java.util.Locale;

/** What a block is. */
enum BlockType {
    HEADING,
    PARAGRAPH,
    QUOTE,
    LIST_ITEM,
    TABLE,
    CODE,
    /** A class, function or method of code, from its comments on. */
    DEFINITION,
    MARKUP,
    FRONT_MATTER;

    /** Whether it is made of sentences; all else is made of lines. */
    boolean isProse() {
        return this == PARAGRAPH || this == QUOTE;
    }

    boolean isCode() {
        return this == CODE || this == DEFINITION;
    }

    /** As people and indices read it: {@code list_item}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
