package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads Markdown (CommonMark with tables, and front matter): headings, paragraphs, list items, tables, code. */
final class MarkdownBlocks implements BlockReader {
    /** What has more is no page but data, and a tree of its paragraphs would not fit into memory: it is read as plain text. */
    private static final int MOST_LINES = 200_000;

    // Chunks are made of blocks: what is inside of these is left unread, which takes most of a parser's time.
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .inlineParserFactory(context -> (lines, node) -> {})
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    @Override
    public List<Block> read(String contentType, String text) {
        if (hasMoreLinesThanAPage(text)) {
            return PlainTextBlocks.read(text, BlockType.PARAGRAPH, "");
        }
        int bodyStart = endOfFrontMatter(text);
        List<Block> blocks = new ArrayList<>();
        if (bodyStart > 0) {
            blocks.add(Block.of(BlockType.FRONT_MATTER, 0, bodyStart));
        }
        Node document = PARSER.parse(bodyStart == 0 ? text : text.substring(bodyStart));
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            addBlocks(node, bodyStart, text, blocks);
        }
        return covering(blocks, text);
    }

    private static boolean hasMoreLinesThanAPage(String text) {
        int lines = 0;
        for (int at = text.indexOf('\n'); at >= 0 && lines <= MOST_LINES; at = text.indexOf('\n', at + 1)) {
            lines++;
        }
        return lines > MOST_LINES;
    }

    private static void addBlocks(Node node, int offset, String text, List<Block> blocks) {
        if (!(node instanceof ListBlock)) {
            add(node, offset, text, blocks, false);
            return;
        }
        boolean ledIn = !blocks.isEmpty() && leadsIn(blocks.getLast(), text);
        for (Node item = node.getFirstChild(); item != null; item = item.getNext()) {
            add(item, offset, text, blocks, ledIn);
            ledIn = false;
        }
    }

    /** Whether a paragraph announces the list below it. */
    private static boolean leadsIn(Block block, String text) {
        int end = block.end();
        while (end > block.start() && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            if (text.charAt(end - 1) == ':') {
                return block.type() == BlockType.PARAGRAPH;
            }
            end--;
        }
        return false;
    }

    private static void add(Node node, int offset, String text, List<Block> blocks, boolean ledIn) {
        List<SourceSpan> spans = node.getSourceSpans();
        if (spans.isEmpty()) {
            return;
        }
        int start = offset + spans.getFirst().getInputIndex();
        SourceSpan last = spans.getLast();
        int end = offset + last.getInputIndex() + last.getLength();
        blocks.add(
                switch (node) {
                    case Heading heading ->
                        Block.heading(
                                start, end, heading.getLevel(), HeadingTitle.ofMarkdown(text.substring(start, end)));
                    case FencedCodeBlock code -> Block.code(start, end, 0, CodeLanguage.ofInfo(code.getInfo()));
                    case IndentedCodeBlock code -> Block.code(start, end, 0, "");
                    case HtmlBlock html -> Block.of(BlockType.MARKUP, start, end);
                    case TableBlock table -> Block.of(BlockType.TABLE, start, end);
                    case BlockQuote quote -> Block.of(BlockType.QUOTE, start, end);
                    case org.commonmark.node.ListItem item -> {
                        Block block = Block.of(BlockType.LIST_ITEM, start, end);
                        yield ledIn ? block.gluedToTheOneBefore() : block;
                    }
                    default -> Block.of(BlockType.PARAGRAPH, start, end);
                });
    }

    /** Stretches blocks over the white space (and link definitions) between them, so that together they are the text. */
    private static List<Block> covering(List<Block> blocks, String text) {
        if (blocks.isEmpty()) {
            return text.isEmpty() ? List.of() : List.of(Block.of(BlockType.PARAGRAPH, 0, text.length()));
        }
        List<Block> covering = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            int start = i == 0 ? 0 : Lines.start(text, block.start());
            int end =
                    i + 1 < blocks.size() ? Lines.start(text, blocks.get(i + 1).start()) : text.length();
            if (end > start) {
                covering.add(block.covering(start, end));
            }
        }
        return covering;
    }

    /** The offset after a front matter block at the very start, or 0. */
    private static int endOfFrontMatter(String text) {
        if (!text.startsWith("---\n")) {
            return 0;
        }
        int close = text.indexOf("\n---\n", 3);
        return close < 0 ? 0 : close + "\n---\n".length();
    }
}
