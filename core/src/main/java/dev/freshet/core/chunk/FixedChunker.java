package dev.freshet.core.chunk;

import dev.freshet.core.chunk.Separator.Span;
import java.util.List;

/** Cuts a text into chunks of the target's size, wherever that is, but not inside a word. Every cut depends on all text before it. */
final class FixedChunker implements Chunker {
    private final TokenCounter tokens;
    private final int target;

    FixedChunker(TokenCounter tokens, ChunkSize size) {
        this.tokens = tokens;
        this.target = size.target();
    }

    @Override
    public String identity() {
        return "fixed-1/" + target;
    }

    @Override
    public List<TextChunk> chunk(String contentType, String text) {
        if (text.isBlank()) {
            return List.of();
        }
        FilledChunks chunks = new FilledChunks(text, target);
        for (Span word : Separator.WORD.split(text, new Span(0, text.length()), target)) {
            chunks.add(word, tokens.count(word.of(text)));
        }
        return chunks.all();
    }
}
