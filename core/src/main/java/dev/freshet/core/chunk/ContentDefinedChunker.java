package dev.freshet.core.chunk;

import java.util.List;

/**
 * Packs the structural blocks of a text into chunks whose boundaries depend on the content around them, so that
 * an edit changes the chunk that it lands in, and at most its neighbours.
 */
public final class ContentDefinedChunker implements Chunker {
    private final String strategy;
    private final BlockReader reader;
    private final TokenCounter tokens;
    private final ChunkSize size;

    /** Reads texts by their content type, and code by its lines. */
    public ContentDefinedChunker(TokenCounter tokens, ChunkSize size) {
        this("auto-without-definitions", new AutoBlocks(new CodeBlocks(CodeOutline.NONE)), tokens, size);
    }

    ContentDefinedChunker(String strategy, BlockReader reader, TokenCounter tokens, ChunkSize size) {
        this.strategy = strategy;
        this.reader = reader;
        this.tokens = tokens;
        this.size = size;
    }

    @Override
    public String identity() {
        return strategy + "-3/" + size;
    }

    @Override
    public List<TextChunk> chunk(String contentType, String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<Atom> atoms = Atoms.of(reader.read(contentType, text), text, tokens, size.maximum());
        return Packer.pack(atoms, Cuts.of(atoms, size), text);
    }
}
