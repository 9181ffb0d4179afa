package dev.freshet.engines.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes Markdown from the elements of XHTML, as they come: headings, paragraphs, lists, quotes, tables, code. What is only look, and
 * where links lead, is left out.
 */
final class MarkdownWriter {
    private static final Map<String, Integer> HEADINGS = Map.of("h1", 1, "h2", 2, "h3", 3, "h4", 4, "h5", 5, "h6", 6);
    private static final Set<String> IN_LINE = Set.of(
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins",
            "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
            "u", "var", "wbr", "img");
    private static final int ELEMENTS_PER_DEPTH = 100;

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
    }

    private final MarkdownText out;
    private final int deepest;
    private final StringBuilder block = new StringBuilder();
    private final Deque<OpenList> lists = new ArrayDeque<>();
    private @Nullable MarkdownTable table;
    private int tables;
    private int quotes;
    private int heading;
    private int verbatim;
    private boolean code;
    private int depth;
    private @Nullable String firstHeading;

    /**
     * @param most characters of text
     * @param depth as in {@link dev.freshet.core.extract.ExtractLimits}
     */
    MarkdownWriter(int most, int depth) {
        this.out = new MarkdownText(most);
        this.deepest = depth * ELEMENTS_PER_DEPTH;
    }

    /** The first heading that was written; null where there is none. */
    @Nullable
    String firstHeading() {
        return firstHeading;
    }

    String text() {
        endBlock();
        return out.text();
    }

    void open(String element) {
        if (++depth > deepest) {
            throw new RefusedContentException(
                    "nested_too_deep", "the content nests elements more than %d deep".formatted(deepest));
        }
        if (table != null) {
            openInTable(element);
            return;
        }
        switch (element) {
            case "ul", "ol", "dl" -> {
                endBlock();
                lists.push(new OpenList(element.equals("ol")));
            }
            case "li", "dt" -> {
                endBlock();
                beginItem();
            }
            case "blockquote" -> {
                endBlock();
                quotes++;
            }
            case "pre" -> {
                endBlock();
                verbatim++;
            }
            case "code" -> beginCode();
            case "br" -> block.append('\n');
            case "table" -> {
                endBlock();
                table = new MarkdownTable();
                tables = 1;
            }
            default -> {
                Integer level = HEADINGS.get(element);
                if (level != null || !IN_LINE.contains(element)) {
                    endBlock();
                    heading = level == null ? heading : level;
                }
            }
        }
    }

    void close(String element) {
        depth--;
        if (table != null) {
            closeInTable(element);
            return;
        }
        switch (element) {
            case "ul", "ol", "dl" -> {
                endBlock();
                lists.poll();
            }
            case "blockquote" -> {
                endBlock();
                quotes = Math.max(0, quotes - 1);
            }
            case "pre" -> {
                endVerbatim();
                verbatim = Math.max(0, verbatim - 1);
            }
            case "code" -> endCode();
            case "br" -> {}
            default -> {
                if (HEADINGS.containsKey(element) || !IN_LINE.contains(element)) {
                    endBlock();
                    heading = 0;
                }
            }
        }
    }

    void characters(CharSequence text) {
        out.count(text.length());
        if (table != null) {
            table.append(text);
            return;
        }
        if (verbatim > 0) {
            block.append(text);
            return;
        }
        Whitespace.collapseInto(block, text);
    }

    /**
     * Adds text that stands for itself, in paragraphs.
     *
     * @param isMarkdown whether it is Markdown already; else it is made so
     */
    void markdown(String text, boolean isMarkdown) {
        endBlock();
        out.count(text.length());
        if (isMarkdown) {
            if (!text.isBlank()) {
                out.block("", "", text.strip(), false);
            }
            return;
        }
        StringBuilder paragraph = new StringBuilder();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank()) {
                paragraph(paragraph);
            } else {
                paragraph.append(Whitespace.collapsed(line)).append('\n');
            }
        }
        paragraph(paragraph);
    }

    private void paragraph(StringBuilder lines) {
        if (!lines.isEmpty()) {
            out.block("", "", MarkdownEscapes.of(lines.toString()), false);
            lines.setLength(0);
        }
    }

    private void beginItem() {
        OpenList list = lists.peek();
        if (list == null) {
            list = new OpenList(false);
            lists.push(list);
        }
        list.items++;
        list.marker = list.ordered ? list.items + ". " : "- ";
        list.width = list.marker.length();
    }

    private void beginCode() {
        if (verbatim == 0 && !code) {
            code = true;
            block.append('`');
        }
    }

    private void endCode() {
        if (code) {
            code = false;
            block.append('`');
        }
    }

    private void endBlock() {
        if (verbatim > 0) {
            // Elements inside of verbatim text say nothing of it.
            return;
        }
        if (code) {
            endCode();
        }
        String text = block.toString().strip();
        block.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        if (heading > 0) {
            String line = text.replace('\n', ' ');
            firstHeading = firstHeading == null ? line : firstHeading;
            out.block(prefix(), prefix(), "#".repeat(heading) + " " + line, false);
            return;
        }
        boolean item = !lists.isEmpty() && lists.peek().marker != null;
        String first = prefix();
        out.block(first, rest(), MarkdownEscapes.of(text), item);
    }

    private void endVerbatim() {
        String text = block.toString();
        block.setLength(0);
        if (text.isBlank()) {
            return;
        }
        String fence = MarkdownEscapes.fenceFor(text);
        String first = prefix();
        out.block(first, rest(), fence + "\n" + stripLineEnds(text) + "\n" + fence, false);
    }

    private static String stripLineEnds(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '\n') {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** What the first line of the next block begins with; the marker of a list item is used up. */
    private String prefix() {
        StringBuilder prefix = new StringBuilder("> ".repeat(quotes));
        for (OpenList list : (Iterable<OpenList>) lists::descendingIterator) {
            if (list.marker == null || list != lists.peek()) {
                prefix.append(" ".repeat(list.width));
            } else {
                prefix.append(list.marker);
                list.marker = null;
            }
        }
        return prefix.toString();
    }

    private String rest() {
        int indent = lists.stream().mapToInt(list -> list.width).sum();
        return "> ".repeat(quotes) + " ".repeat(indent);
    }

    private void openInTable(String element) {
        MarkdownTable open = opened();
        switch (element) {
            case "table" -> tables++;
            case "tr" -> {
                if (tables == 1) {
                    open.endRow();
                }
            }
            case "td", "th" -> {
                if (tables == 1) {
                    open.beginCell();
                }
            }
            default -> {
                if (!IN_LINE.contains(element)) {
                    open.append(" ");
                }
            }
        }
    }

    private void closeInTable(String element) {
        MarkdownTable open = opened();
        if (element.equals("table") && --tables == 0) {
            table = null;
            writeTable(open.rows());
            return;
        }
        if (tables == 1 && (element.equals("td") || element.equals("th"))) {
            open.endCell();
        } else if (tables == 1 && element.equals("tr")) {
            open.endRow();
        } else if (!IN_LINE.contains(element)) {
            open.append(" ");
        }
    }

    private MarkdownTable opened() {
        if (table == null) {
            throw new IllegalStateException("no table is open");
        }
        return table;
    }

    private void writeTable(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        if (columns == 0) {
            return;
        }
        List<String> lines = new ArrayList<>();
        if (columns == 1) {
            // A frame around text is no table.
            for (List<String> row : rows) {
                out.block(prefix(), rest(), MarkdownEscapes.of(row.getFirst()), false);
            }
            return;
        }
        for (List<String> row : rows) {
            lines.add(MarkdownTable.line(row, columns));
            if (lines.size() == 1) {
                lines.add("|" + " --- |".repeat(columns));
            }
        }
        out.block(prefix(), rest(), String.join("\n", lines), false);
    }

    /** The name of an element without its namespace, in lower case. */
    static String name(String element) {
        return element.toLowerCase(Locale.ROOT);
    }
}
