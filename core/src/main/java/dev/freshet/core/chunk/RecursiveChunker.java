package dev.freshet.core.chunk;

import dev.freshet.core.chunk.Separator.Span;
import java.util.List;

/**
 * The widely used recursive splitter: a text is taken apart at blank lines, what is too large still at line ends, then at
 * sentences, then at words, and neighbours are put together again while they fit into the target. Where a chunk ends
 * depends on where the one before it ended: an edit moves the cuts below it, up to the next part that is too large.
 */
final class RecursiveChunker implements Chunker {
    private static final Separator[] SEPARATORS = Separator.values();

    private final TokenCounter tokens;
    private final int target;

    RecursiveChunker(TokenCounter tokens, ChunkSize size) {
        this.tokens = tokens;
        this.target = size.target();
    }

    @Override
    public String identity() {
        return "recursive-1/" + target;
    }

    @Override
    public List<TextChunk> chunk(String contentType, String text) {
        if (text.isBlank()) {
            return List.of();
        }
        FilledChunks chunks = new FilledChunks(text, target);
        fill(chunks, text, new Span(0, text.length()), 0);
        return chunks.all();
    }

    private void fill(FilledChunks chunks, String text, Span span, int level) {
        Separator separator = SEPARATORS[level];
        boolean finest = level == SEPARATORS.length - 1;
        for (Span part : separator.split(text, span, target)) {
            int size = tokens.count(part.of(text));
            if (size <= target || finest) {
                chunks.add(part, size);
            } else {
                chunks.finish();
                fill(chunks, text, part, level + 1);
                chunks.finish();
            }
        }
    }
}
