package dev.freshet.core.chunk;

import java.util.List;

/** Reads which definitions a text in a programming language has. Safe for concurrent use. */
@FunctionalInterface
public interface CodeOutline {
    /** Knows no language: code is then cut at its lines. */
    CodeOutline NONE = (language, text) -> List.of();

    /**
     * A class, function or method.
     *
     * @param start offset of its first character in UTF-16 code units, comments and annotations before it included
     * @param end offset after its last character
     */
    record Definition(String name, int start, int end) {}

    /**
     * The definitions of a text, also of one with errors: as many as can be made out.
     *
     * @return by their start; two of them lie one in the other, or apart; none where the text cannot be read
     */
    List<Definition> definitions(CodeLanguage language, String text);
}
