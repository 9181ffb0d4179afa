package dev.freshet.engines.extract;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown as the chunker reads it. */
final class Rendered {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private Rendered() {}

    /** The texts of the paragraphs; of any other block, its kind. */
    static List<String> paragraphs(String markdown) {
        List<String> texts = new ArrayList<>();
        for (Node node = PARSER.parse(markdown).getFirstChild(); node != null; node = node.getNext()) {
            texts.add(
                    node instanceof Paragraph
                            ? TextContentRenderer.builder().build().render(node)
                            : node.getClass().getSimpleName());
        }
        return texts;
    }
}
