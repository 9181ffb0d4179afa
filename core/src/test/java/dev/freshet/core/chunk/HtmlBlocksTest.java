package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlBlocksTest {
    @Test
    void aPageIsReadByItsElements() {
        String text = "<html><body><h1>The <b>guide</b></h1><p>First.</p><p>You need:</p>"
                + "<ul><li>tools<ul><li>hammer</li></ul></li><li>paint</li></ul>"
                + "<table><tr><th>name</th></tr><tr><td>one</td></tr><tr><td>two</td></tr></table>"
                + "<pre>x = 1\n<b>y</b></pre></body></html>";

        List<Block> blocks = new HtmlBlocks().read("text/html", text);

        assertThat(blocks)
                .extracting(Block::type)
                .containsExactly(
                        BlockType.MARKUP,
                        BlockType.HEADING,
                        BlockType.PARAGRAPH,
                        BlockType.PARAGRAPH,
                        BlockType.LIST_ITEM,
                        BlockType.LIST_ITEM,
                        BlockType.LIST_ITEM,
                        BlockType.TABLE,
                        BlockType.TABLE,
                        BlockType.TABLE,
                        BlockType.CODE);
        assertThat(blocks.get(1).title()).isEqualTo("The guide");
        // What is announced, what is nested, and the first row below a header.
        assertThat(blocks)
                .extracting(Block::glued)
                .containsExactly(false, false, false, false, true, true, false, false, true, false, false);
        assertThat(String.join(
                        "",
                        blocks.stream()
                                .map(block -> text.substring(block.start(), block.end()))
                                .toList()))
                .isEqualTo(text);
    }

    @Test
    void textWithoutTagsIsOneBlock() {
        assertThat(new HtmlBlocks().read("text/html", "just words")).containsExactly(Block.of(BlockType.MARKUP, 0, 10));
    }

    @Test
    void endlessNestingIsRead() {
        String text = "<div>".repeat(50_000) + "<h1>deep</h1>";

        List<Block> blocks = new HtmlBlocks().read("text/html", text);

        assertThat(blocks.getLast().end()).isEqualTo(text.length());
    }
}
