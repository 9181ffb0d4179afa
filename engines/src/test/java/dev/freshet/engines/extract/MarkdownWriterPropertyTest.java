package dev.freshet.engines.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MarkdownWriterPropertyTest {
    @Provide
    static Arbitrary<List<String>> paragraphs() {
        return Arbitraries.strings()
                .withChars("ab1 -+*>#=_.)|~`:<![](&\\\t\n")
                .ofMinLength(1)
                .ofMaxLength(20)
                .list()
                .ofMaxSize(6);
    }

    /** What stands inside of a line may look otherwise, but no text becomes a heading, a list, a table or code. */
    @Property
    void everyParagraphIsOneParagraphAgain(@ForAll("paragraphs") List<String> paragraphs) {
        MarkdownWriter writer = new MarkdownWriter(100_000, 5);
        for (String paragraph : paragraphs) {
            writer.open("p");
            writer.characters(paragraph);
            writer.close("p");
        }

        assertThat(Rendered.paragraphs(writer.text()))
                .hasSize((int) paragraphs.stream().filter(p -> !p.isBlank()).count())
                .doesNotContain(
                        "Heading",
                        "BulletList",
                        "OrderedList",
                        "TableBlock",
                        "FencedCodeBlock",
                        "HtmlBlock",
                        "BlockQuote",
                        "ThematicBreak",
                        "IndentedCodeBlock");
    }
}
