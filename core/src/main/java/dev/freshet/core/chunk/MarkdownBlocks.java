package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads Markdown (CommonMark with tables, and front matter): headings, paragraphs, list items, tables, code. */
final class MarkdownBlocks {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    /** A paragraph above a line of dashes is a heading too; what is longer than this names nothing. */
    private static final int LONGEST_TITLE = 200;

    private MarkdownBlocks() {}

    static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        int bodyStart = endOfFrontMatter(text);
        if (bodyStart > 0) {
            blocks.add(Block.of(Block.Kind.LINES, 0, bodyStart));
        }
        Node document = PARSER.parse(text.substring(bodyStart));
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            addBlocks(node, bodyStart, blocks);
        }
        return covering(blocks, text);
    }

    private static void addBlocks(Node node, int offset, List<Block> blocks) {
        if (node instanceof ListBlock list) {
            for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
                add(Block.Kind.LIST_ITEM, item, offset, blocks);
            }
            return;
        }
        add(kindOf(node), node, offset, blocks);
    }

    private static void add(Block.Kind kind, Node node, int offset, List<Block> blocks) {
        List<SourceSpan> spans = node.getSourceSpans();
        if (spans.isEmpty()) {
            return;
        }
        int start = offset + spans.getFirst().getInputIndex();
        SourceSpan last = spans.getLast();
        int end = offset + last.getInputIndex() + last.getLength();
        blocks.add(
                node instanceof Heading heading
                        ? new Block(kind, start, end, heading.getLevel(), plainText(heading))
                        : Block.of(kind, start, end));
    }

    private static Block.Kind kindOf(Node node) {
        return switch (node) {
            case Heading heading -> Block.Kind.HEADING;
            case FencedCodeBlock code -> Block.Kind.LINES;
            case IndentedCodeBlock code -> Block.Kind.LINES;
            case HtmlBlock html -> Block.Kind.LINES;
            case TableBlock table -> Block.Kind.LINES;
            default -> Block.Kind.PROSE;
        };
    }

    /** Stretches blocks over the white space (and link definitions) between them, so that together they are the text. */
    private static List<Block> covering(List<Block> blocks, String text) {
        if (blocks.isEmpty()) {
            return text.isEmpty() ? List.of() : List.of(Block.of(Block.Kind.PROSE, 0, text.length()));
        }
        List<Block> covering = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            int start = i == 0 ? 0 : startOfLine(text, block.start());
            int end =
                    i + 1 < blocks.size() ? startOfLine(text, blocks.get(i + 1).start()) : text.length();
            if (end > start) {
                covering.add(new Block(block.kind(), start, end, block.level(), block.title()));
            }
        }
        return covering;
    }

    private static int startOfLine(String text, int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /** The offset after a front matter block at the very start, or 0. */
    private static int endOfFrontMatter(String text) {
        if (!text.startsWith("---\n")) {
            return 0;
        }
        int close = text.indexOf("\n---\n", 3);
        return close < 0 ? 0 : close + "\n---\n".length();
    }

    private static String plainText(Heading heading) {
        StringBuilder words = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak lineBreak) {
                words.append(' ');
            }

            @Override
            public void visit(HardLineBreak lineBreak) {
                words.append(' ');
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        String title = words.toString().strip();
        if (title.length() <= LONGEST_TITLE) {
            return title;
        }
        boolean insidePair = Character.isHighSurrogate(title.charAt(LONGEST_TITLE - 1));
        return title.substring(0, insidePair ? LONGEST_TITLE - 1 : LONGEST_TITLE)
                .strip();
    }
}
