package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;

/** Reads plain text: a paragraph ends at a blank line. */
final class PlainTextBlocks implements BlockReader {
    @Override
    public List<Block> read(String contentType, String text) {
        return read(text, BlockType.PARAGRAPH, "");
    }

    static List<Block> read(String text, BlockType type, String language) {
        List<Block> blocks = new ArrayList<>();
        int start = 0;
        boolean afterBlankLine = false;
        for (int line = 0; line < text.length(); ) {
            int lineEnd = Lines.end(text, line);
            boolean blank = Lines.isBlank(text, line, lineEnd);
            if (afterBlankLine && !blank && line > start) {
                blocks.add(new Block(type, start, line, 0, "", language, false));
                start = line;
            }
            afterBlankLine = blank;
            line = lineEnd;
        }
        if (start < text.length()) {
            blocks.add(new Block(type, start, text.length(), 0, "", language, false));
        }
        return blocks;
    }
}
