package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Packs the structural blocks of a text into chunks whose boundaries depend on the content around them, so that
 * an edit changes the chunk that it lands in, and at most its neighbours.
 */
public final class ContentDefinedChunker implements Chunker {
    /** What has more is no page but data, and a tree of its paragraphs would not fit into memory: it is read as plain text. */
    private static final int MOST_MARKDOWN_LINES = 200_000;

    private final TokenCounter tokens;
    private final ChunkSize size;

    public ContentDefinedChunker(TokenCounter tokens, ChunkSize size) {
        this.tokens = tokens;
        this.size = size;
    }

    @Override
    public String identity() {
        return "content-defined-1/%d-%d".formatted(size.minimum(), size.maximum());
    }

    @Override
    public List<TextChunk> chunk(String contentType, String text) {
        if (text.isBlank()) {
            return List.of();
        }
        boolean markdown = isMarkdown(contentType)
                && text.lines().limit(MOST_MARKDOWN_LINES + 1L).count() <= MOST_MARKDOWN_LINES;
        List<Block> blocks = markdown ? MarkdownBlocks.read(text) : PlainTextBlocks.read(text);
        List<Atom> atoms = Atoms.of(blocks, text, tokens, size.maximum());
        return pack(atoms, Cuts.of(atoms, size), text);
    }

    private static boolean isMarkdown(String contentType) {
        return contentType.startsWith("text/markdown") || contentType.startsWith("text/x-markdown");
    }

    private static List<TextChunk> pack(List<Atom> atoms, BitSet cuts, String text) {
        List<TextChunk> chunks = new ArrayList<>();
        HeadingPath path = new HeadingPath();
        for (int from = 0; from < atoms.size(); ) {
            int next = cuts.nextSetBit(from + 1);
            int to = next < 0 ? atoms.size() : next;
            List<String> pathAbove = path.above(atoms.get(from).block());
            int size = 0;
            for (Atom atom : atoms.subList(from, to)) {
                path.enter(atom.block());
                size += atom.size();
            }
            int start = atoms.get(from).start();
            int end = atoms.get(to - 1).end();
            chunks.add(new TextChunk(pathAbove, start, end, text.substring(start, end), size));
            from = to;
        }
        return chunks;
    }
}
