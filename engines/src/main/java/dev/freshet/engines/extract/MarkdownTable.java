package dev.freshet.engines.extract;

import java.util.ArrayList;
import java.util.List;

/** A table while it is read. A table inside of a cell is text of that cell. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private int inner;

    void open(String element) {
        switch (element) {
            case "table" -> inner++;
            case "tr" -> {
                if (inner == 0) {
                    endRow();
                }
            }
            case "td", "th" -> {
                if (inner == 0) {
                    // White space between cells is none.
                    cell.setLength(0);
                }
            }
            default -> separate(element);
        }
    }

    /** Whether that was the end of this table. */
    boolean close(String element) {
        if (element.equals("table") && inner == 0) {
            return true;
        }
        if (inner == 0 && (element.equals("td") || element.equals("th"))) {
            endCell();
        } else if (inner == 0 && element.equals("tr")) {
            endRow();
        } else {
            inner -= element.equals("table") ? 1 : 0;
            separate(element);
        }
        return false;
    }

    void append(CharSequence text) {
        Whitespace.collapseInto(cell, text);
    }

    /** The blocks that the table is written as: one, or none, or the rows where it has one column: a frame around text is no table. */
    List<String> blocks() {
        endRow();
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        if (columns == 0) {
            return List.of();
        }
        if (columns == 1) {
            return rows.stream()
                    .map(only -> MarkdownEscapes.of(only.getFirst()))
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        for (List<String> cells : rows) {
            lines.add(line(cells, columns));
            if (lines.size() == 1) {
                lines.add("|" + " --- |".repeat(columns));
            }
        }
        return List.of(String.join("\n", lines));
    }

    private void separate(String element) {
        if (!XhtmlElements.isInLine(element)) {
            append(" ");
        }
    }

    private void endCell() {
        row.add(cell.toString().strip());
        cell.setLength(0);
    }

    /** A row without a text is none. */
    private void endRow() {
        cell.setLength(0);
        while (!row.isEmpty() && row.getLast().isEmpty()) {
            row.removeLast();
        }
        if (!row.isEmpty()) {
            rows.add(row);
            row = new ArrayList<>();
        }
    }

    private static String line(List<String> row, int columns) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < columns; i++) {
            line.append(' ')
                    .append(i < row.size() ? row.get(i).replace("|", "\\|") : "")
                    .append(" |");
        }
        return line.toString();
    }
}
