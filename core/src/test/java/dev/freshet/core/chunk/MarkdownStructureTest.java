package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What stays together in Markdown, and what is said of it. */
class MarkdownStructureTest {
    private static final ChunkSize SIZE = new ChunkSize(8, 24, 48);
    private final Chunker chunker = ChunkStrategy.MARKDOWN.chunker(Documents.WORDS, SIZE, CodeOutline.NONE);

    @Test
    void theFirstItemStaysWithTheParagraphThatAnnouncesTheList() {
        String text = "word ".repeat(40) + ".\n\nYou need these things:\n\n- " + "tool ".repeat(12) + "\n- "
                + "paint ".repeat(12) + "\n- " + "patience ".repeat(12) + "\n";

        assertThat(chunks(text))
                .filteredOn(chunk -> chunk.text().contains("You need"))
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.text()).contains("tool tool"));
    }

    @Test
    void anOverlongListItemKeepsItsFirstLineWithTheNext() {
        String text = "- Steps to take today\n" + "  - one two three four five six seven\n".repeat(20);

        assertThat(chunks(text).getFirst().text()).startsWith("- Steps to take today\n  - one");
        assertThat(chunks(text)).allSatisfy(chunk -> assertThat(chunk.text()).endsWith("seven\n"));
    }

    @Test
    void theHeaderOfATableStaysWithItsFirstRow() {
        String text = "| name | price |\n|---|---|\n" + "| apple or pear or plum | one euro each |\n".repeat(30);

        assertThat(chunks(text).getFirst().text()).startsWith("| name | price |\n|---|---|\n| apple");
        assertThat(chunks(text))
                .hasSizeGreaterThan(3)
                .allSatisfy(chunk -> assertThat(chunk.text()).endsWith("|\n"));
    }

    @Test
    void aLineOfAFenceIsCutOnlyWhereItIsLargerThanAChunk() {
        String lines = "int one = call with many words in a row here;\n".repeat(12);
        String endless = "x ".repeat(100);
        String text = "```java\n" + lines + endless + "\n```\n";

        List<TextChunk> chunks = chunks(text);

        assertThat(chunks)
                .filteredOn(chunk -> chunk.text().contains("one"))
                .allSatisfy(chunk -> assertThat(chunk.text().lines())
                        .allMatch(
                                line -> line.startsWith("int one") || line.startsWith("x ") || line.startsWith("```")));
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(chunk.parts().codeLanguage()).isEqualTo("java"));
    }

    @Test
    void aChunkNamesTheKindsOfItsBlocks() {
        String text = "# Title\n\nWords.\n\n- item\n\n| a |\n|---|\n| 1 |\n\n```py\nx = 1\n```\n\n> said\n";

        assertThat(chunks(text)).singleElement().satisfies(chunk -> {
            assertThat(chunk.parts().blockTypes())
                    .containsExactly("heading", "paragraph", "list_item", "table", "code", "quote");
            assertThat(chunk.parts().codeLanguage()).isEqualTo("python");
            assertThat(chunk.parts().symbol()).isEmpty();
        });
    }

    @Test
    void headingsAreKnownByTheirWordsWithoutMarks() {
        String text = "# The *big* [guide](http://x.example) to `code` #\n\n" + "word ".repeat(40) + "\n\n"
                + "more ".repeat(40) + "\n\nC# and\nF#\n======\n\n" + "word ".repeat(40) + "\n\n" + "word ".repeat(40)
                + "\n";

        assertThat(chunks(text))
                .extracting(TextChunk::headingPath)
                .contains(List.of("The big guide to code"), List.of("C# and F#"));
    }

    private List<TextChunk> chunks(String text) {
        return chunker.chunk("text/markdown", text);
    }
}
