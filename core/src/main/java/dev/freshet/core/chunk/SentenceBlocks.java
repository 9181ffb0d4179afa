package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;

/** Reads any text as sentences and sees no other structure than blank lines between them. */
final class SentenceBlocks implements BlockReader {
    @Override
    public List<Block> read(String contentType, String text) {
        List<Block> sentences = new ArrayList<>();
        for (Block paragraph : PlainTextBlocks.read(text, BlockType.PARAGRAPH, "")) {
            Sentences.forEach(
                    text,
                    paragraph.start(),
                    paragraph.end(),
                    (start, end) -> sentences.add(Block.of(BlockType.PARAGRAPH, start, end)));
        }
        return sentences;
    }
}
