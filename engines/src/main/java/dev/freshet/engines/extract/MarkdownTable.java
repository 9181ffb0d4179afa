package dev.freshet.engines.extract;

import java.util.ArrayList;
import java.util.List;

/** A table while it is read. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();

    void append(CharSequence text) {
        Whitespace.collapseInto(cell, text);
    }

    /** White space between cells is none. */
    void beginCell() {
        cell.setLength(0);
    }

    void endCell() {
        row.add(cell.toString().strip());
        cell.setLength(0);
    }

    void endRow() {
        cell.setLength(0);
        while (!row.isEmpty() && row.getLast().isEmpty()) {
            row.removeLast();
        }
        if (!row.isEmpty()) {
            rows.add(row);
            row = new ArrayList<>();
        }
    }

    /** The rows that have a text. */
    List<List<String>> rows() {
        endRow();
        return rows;
    }

    static String line(List<String> row, int columns) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < columns; i++) {
            line.append(' ')
                    .append(i < row.size() ? row.get(i).replace("|", "\\|") : "")
                    .append(" |");
        }
        return line.toString();
    }
}
