package dev.freshet.core.chunk;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How texts are cut into chunks. */
public enum ChunkStrategy {
    /** As the content type says: {@code MARKDOWN}, {@code HTML}, {@code CODE}, or paragraphs of plain text. */
    AUTO,
    /** By headings, paragraphs, list items, tables and fences. */
    MARKDOWN,
    /** By headings, paragraphs, list items and table rows, tags included. */
    HTML,
    /** By classes, functions and methods. */
    CODE,
    /** By sentences. */
    SENTENCE,
    /** At blank lines, lines, sentences, words, as full as it goes. */
    RECURSIVE,
    /** After so many tokens. */
    FIXED;

    /** As the option says it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(ChunkStrategy::label).toList();
    }

    /**
     * The strategy of a label.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ChunkStrategy of(String label) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no chunker " + label));
    }

    /**
     * A chunker of this strategy.
     *
     * @param outline reads the definitions in code
     */
    public Chunker chunker(TokenCounter tokens, ChunkSize size, CodeOutline outline) {
        return switch (this) {
            case AUTO -> packing(new AutoBlocks(new CodeBlocks(outline)), tokens, size);
            case MARKDOWN -> packing(new MarkdownBlocks(), tokens, size);
            case HTML -> packing(new HtmlBlocks(), tokens, size);
            case CODE -> packing(new CodeBlocks(outline), tokens, size);
            case SENTENCE -> packing(new SentenceBlocks(), tokens, size);
            case RECURSIVE -> new RecursiveChunker(tokens, size);
            case FIXED -> new FixedChunker(tokens, size);
        };
    }

    private Chunker packing(BlockReader reader, TokenCounter tokens, ChunkSize size) {
        return new ContentDefinedChunker(label(), reader, tokens, size);
    }
}
