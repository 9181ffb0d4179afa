package dev.freshet.engines.extract;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes Markdown from the elements of XHTML, as they come: headings, paragraphs, lists, quotes, tables, code. What is only look, and
 * where links lead, is left out.
 */
final class MarkdownWriter {
    private static final int ELEMENTS_PER_DEPTH = 100;

    private final MarkdownText out;
    private final int deepest;
    private final StringBuilder block = new StringBuilder();
    private final MarkdownLists lists = new MarkdownLists();
    private @Nullable MarkdownTable table;
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
            table.open(element);
            return;
        }
        switch (element) {
            case "ul", "ol", "dl" -> {
                endBlock();
                lists.open(element.equals("ol"));
            }
            case "li", "dt" -> {
                endBlock();
                lists.beginItem();
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
            }
            default -> {
                if (!XhtmlElements.isInLine(element)) {
                    endBlock();
                    int level = XhtmlElements.headingLevel(element);
                    heading = level == 0 ? heading : level;
                }
            }
        }
    }

    void close(String element) {
        depth--;
        if (table != null) {
            closeInTable(table, element);
            return;
        }
        switch (element) {
            case "ul", "ol", "dl" -> {
                endBlock();
                lists.close();
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
                if (!XhtmlElements.isInLine(element)) {
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
            write("#".repeat(heading) + " " + line, false);
            return;
        }
        write(MarkdownEscapes.of(text), lists.isItemDue());
    }

    private void endVerbatim() {
        String text = block.toString();
        block.setLength(0);
        if (text.isBlank()) {
            return;
        }
        String fence = MarkdownEscapes.fenceFor(text);
        write(fence + "\n" + stripLineEnds(text) + "\n" + fence, false);
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

    private void closeInTable(MarkdownTable open, String element) {
        if (open.close(element)) {
            table = null;
            open.blocks().forEach(lines -> write(lines, false));
        }
    }

    /** Writes a block where the quotes and lists around it want it. */
    private void write(String lines, boolean item) {
        String quoted = "> ".repeat(quotes);
        out.block(quoted + lists.takePrefix(), quoted + lists.indent(), lines, item);
    }

    /** The name of an element without its namespace, in lower case. */
    static String name(String element) {
        return element.toLowerCase(Locale.ROOT);
    }
}
