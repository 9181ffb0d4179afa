package dev.freshet.core.chunk;

import dev.freshet.core.chunk.Separator.Span;
import java.util.ArrayList;
import java.util.List;

/** Fills chunks one after the other with the parts of a text, each as full as it goes. */
final class FilledChunks {
    private static final ChunkParts NO_STRUCTURE = new ChunkParts(List.of(BlockType.PARAGRAPH.label()), "", "");

    private final String text;
    private final int limit;
    private final List<TextChunk> chunks = new ArrayList<>();
    private int start;
    private int end;
    private int size;

    FilledChunks(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /** Adds the next part; parts come in the order of the text, without gaps. */
    void add(Span part, int tokens) {
        if (size + tokens > limit) {
            finish();
        }
        end = part.end();
        size += tokens;
    }

    /** Ends the chunk that is being filled. */
    void finish() {
        if (end > start) {
            chunks.add(new TextChunk(List.of(), start, end, text.substring(start, end), size, NO_STRUCTURE));
            start = end;
            size = 0;
        }
    }

    List<TextChunk> all() {
        finish();
        return chunks;
    }
}
