package dev.freshet.engines.extract;

import java.util.Map;
import java.util.Set;

/** What the elements of XHTML are, to one who writes their text. */
final class XhtmlElements {
    private static final Map<String, Integer> HEADINGS = Map.of("h1", 1, "h2", 2, "h3", 3, "h4", 4, "h5", 5, "h6", 6);
    private static final Set<String> IN_LINE = Set.of(
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins",
            "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
            "u", "var", "wbr", "img");

    private XhtmlElements() {}

    /** From 1, the highest; 0 where the element is no heading. */
    static int headingLevel(String element) {
        return HEADINGS.getOrDefault(element, 0);
    }

    /** Whether the text around the element goes on inside of it; else a block begins and ends with it. */
    static boolean isInLine(String element) {
        return IN_LINE.contains(element);
    }
}
