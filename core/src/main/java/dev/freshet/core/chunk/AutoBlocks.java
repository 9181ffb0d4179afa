package dev.freshet.core.chunk;

import java.util.List;

/** Reads every text as its content type says; what is not known as plain text. */
final class AutoBlocks implements BlockReader {
    private final BlockReader markdown = new MarkdownBlocks();
    private final BlockReader html = new HtmlBlocks();
    private final BlockReader plain = new PlainTextBlocks();
    private final BlockReader code;

    AutoBlocks(BlockReader code) {
        this.code = code;
    }

    @Override
    public List<Block> read(String contentType, String text) {
        return readerOf(contentType).read(contentType, text);
    }

    private BlockReader readerOf(String contentType) {
        return switch (CodeLanguage.mediaType(contentType)) {
            case "text/markdown", "text/x-markdown" -> markdown;
            case "text/html", "application/xhtml+xml" -> html;
            default -> CodeLanguage.ofContentType(contentType).isPresent() ? code : plain;
        };
    }
}
