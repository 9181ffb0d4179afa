package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

/**
 * Reads HTML as it is written, tags included: a heading, paragraph, list item, table row or listing begins a block, which
 * lasts until the next one begins.
 */
final class HtmlBlocks implements BlockReader {
    @Override
    public List<Block> read(String contentType, String text) {
        Document document = Parser.htmlParser().setTrackPosition(true).parseInput(text, "");
        Reading reading = new Reading(text);
        document.traverse(reading);
        return reading.covering();
    }

    private static final class Reading implements NodeVisitor {
        private final String text;
        private final List<Block> blocks = new ArrayList<>();

        Reading(String text) {
            this.text = text;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element element && element.sourceRange().isTracked() && !isInsideListing(element)) {
                add(element, element.sourceRange());
            }
        }

        private void add(Element element, Range range) {
            int start = range.startPos();
            boolean apart = blocks.isEmpty() || start > blocks.getLast().start();
            // What the parser made up has no place of its own.
            if (range.endPos() <= start || !apart) {
                return;
            }
            switch (element.normalName()) {
                case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                    int level = element.normalName().charAt(1) - '0';
                    blocks.add(Block.heading(start, start, level, HeadingTitle.of(element.text())));
                }
                case "p" -> addUnlessFirstIn(element, "li", Block.of(BlockType.PARAGRAPH, start, start));
                case "blockquote" -> blocks.add(Block.of(BlockType.QUOTE, start, start));
                case "pre" -> blocks.add(Block.code(start, start, 0, ""));
                case "li" -> blocks.add(item(element, start));
                case "tr" -> blocks.add(row(element, start));
                case "div",
                        "section",
                        "article",
                        "nav",
                        "header",
                        "footer",
                        "aside",
                        "main",
                        "script",
                        "style",
                        "form" -> blocks.add(Block.of(BlockType.MARKUP, start, start));
                default -> {}
            }
        }

        private void addUnlessFirstIn(Element element, String parent, Block block) {
            Element above = element.parent();
            boolean first = above != null && above.normalName().equals(parent) && element.elementSiblingIndex() == 0;
            if (!first) {
                blocks.add(block);
            }
        }

        /** The first item stays with the paragraph or the item that announces it. */
        private static Block item(Element item, int start) {
            Block block = Block.of(BlockType.LIST_ITEM, start, start);
            Element list = item.parent();
            if (list == null || item.elementSiblingIndex() > 0) {
                return block;
            }
            Element leadIn = list.previousElementSibling();
            boolean announced = leadIn != null && leadIn.text().endsWith(":");
            boolean nested = list.parent() != null && list.parent().normalName().equals("li");
            return announced || nested ? block.gluedToTheOneBefore() : block;
        }

        /** The first row after a header stays with it. */
        private static Block row(Element row, int start) {
            Block block = Block.of(BlockType.TABLE, start, start);
            Element before = row.previousElementSibling();
            Element group = row.parent();
            if (before == null && group != null && group.normalName().equals("tbody")) {
                Element head = group.previousElementSibling();
                before = head != null && head.normalName().equals("thead") ? head : null;
            }
            boolean belowHeader = before != null && before.selectFirst("th") != null && row.selectFirst("th") == null;
            return belowHeader ? block.gluedToTheOneBefore() : block;
        }

        private static boolean isInsideListing(Element element) {
            return element.parent() != null && element.parent().normalName().equals("pre");
        }

        private List<Block> covering() {
            List<Block> covering = new ArrayList<>();
            int first = blocks.isEmpty() ? text.length() : blocks.getFirst().start();
            if (first > 0) {
                covering.add(Block.of(BlockType.MARKUP, 0, first));
            }
            for (int i = 0; i < blocks.size(); i++) {
                int end = i + 1 < blocks.size() ? blocks.get(i + 1).start() : text.length();
                covering.add(blocks.get(i).covering(blocks.get(i).start(), end));
            }
            return covering;
        }
    }
}
