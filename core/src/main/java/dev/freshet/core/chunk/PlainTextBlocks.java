package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;

/** Reads plain text: a paragraph ends at a blank line. */
final class PlainTextBlocks {
    private PlainTextBlocks() {}

    static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        int start = 0;
        int line = 0;
        boolean afterBlankLine = false;
        while (line < text.length()) {
            int lineEnd = endOfLine(text, line);
            boolean blank = text.substring(line, lineEnd).isBlank();
            if (afterBlankLine && !blank && line > start) {
                blocks.add(Block.of(Block.Kind.PROSE, start, line));
                start = line;
            }
            afterBlankLine = blank;
            line = lineEnd;
        }
        if (start < text.length()) {
            blocks.add(Block.of(Block.Kind.PROSE, start, text.length()));
        }
        return blocks;
    }

    /** The offset after the line break that ends the line, or the end of the text. */
    static int endOfLine(String text, int from) {
        int lineBreak = text.indexOf('\n', from);
        return lineBreak < 0 ? text.length() : lineBreak + 1;
    }
}
