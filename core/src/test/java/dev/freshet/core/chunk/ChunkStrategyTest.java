package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.chunk.CodeOutline.Definition;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every chunker promises. */
class ChunkStrategyTest {
    private static final ChunkSize SIZE = new ChunkSize(10, 40, 80);
    private static final String[] PARTS = {
        "# Heading\n",
        "\n\n",
        "\n",
        "- item one\n- item two\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "```java\n",
        "```\n",
        "<p>some words",
        "<ul><li>item",
        "</ul>",
        "<table><tr><td>x",
        "<h2>Title</h2>",
        "def f():\n    return 1\n",
        "class A {\n",
        "}\n",
        "A sentence. Another one! ",
        "word ",
        "日本語の文章です。",
        "😀",
        "    indented\n",
        "> quote\n",
        "---\n",
        "<script>",
        "a".repeat(200),
        "word word word word word word word word word word word word "
    };

    /** Finds what looks like a function; enough to try what becomes of definitions. */
    private static final CodeOutline FUNCTIONS = (language, text) -> {
        Matcher matcher = Pattern.compile("(?m)^(\\s*)(?:def|class) (\\w+)").matcher(text);
        return matcher.results()
                .map(found -> new Definition(found.group(2), found.start(2) - 4, endOf(text, found.end())))
                .toList();
    };

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PARTS).list().ofMaxSize(80).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<ChunkStrategy> strategies() {
        return Arbitraries.of(ChunkStrategy.values());
    }

    @Provide
    Arbitrary<String> contentTypes() {
        return Arbitraries.of("text/markdown", "text/html", "text/x-python", "text/plain", "application/unknown");
    }

    @Property(tries = 2_000)
    void chunksPutTogetherAreTheTextAndNoneIsLargerThanTheMaximum(
            @ForAll("strategies") ChunkStrategy strategy,
            @ForAll("contentTypes") String contentType,
            @ForAll("texts") String text) {
        List<TextChunk> chunks =
                strategy.chunker(Documents.WORDS, SIZE, FUNCTIONS).chunk(contentType, text);

        assertThat(chunks.stream().map(TextChunk::text).collect(Collectors.joining()))
                .isEqualTo(text.isBlank() ? "" : text);
        int end = 0;
        for (TextChunk chunk : chunks) {
            assertThat(chunk.start()).isEqualTo(end);
            assertThat(text.substring(chunk.start(), chunk.end())).isEqualTo(chunk.text());
            assertThat(Documents.WORDS.count(chunk.text())).isLessThanOrEqualTo(SIZE.maximum());
            end = chunk.end();
        }
    }

    @Property(tries = 200)
    void theSameTextGivesTheSameChunks(@ForAll("strategies") ChunkStrategy strategy, @ForAll("texts") String text) {
        Chunker one = strategy.chunker(Documents.WORDS, SIZE, FUNCTIONS);
        Chunker other = strategy.chunker(Documents.WORDS, SIZE, FUNCTIONS);

        assertThat(one.chunk("text/markdown", text)).isEqualTo(other.chunk("text/markdown", text));
        assertThat(one.identity()).isEqualTo(other.identity());
    }

    @Test
    void identitiesTellStrategiesAndSizesApart() {
        Stream<String> identities = Arrays.stream(ChunkStrategy.values())
                .flatMap(strategy -> Stream.of(SIZE, new ChunkSize(10, 50, 80))
                        .map(size -> strategy.chunker(Documents.WORDS, size, CodeOutline.NONE)
                                .identity()));

        assertThat(identities).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(ChunkStrategy.class)
    void aLargeTextTakesTimeInProportionToItsLength(ChunkStrategy strategy) {
        Chunker chunker = strategy.chunker(text -> text.length() / 4, ChunkSize.DEFAULT, FUNCTIONS);
        String page = page();

        int once = chunker.chunk("text/markdown", page).size();
        int often = chunker.chunk("text/markdown", page.repeat(100)).size();

        assertThat(often).isBetween(50 * once, 200 * once);
    }

    @Test
    void aLabelNamesItsStrategy() {
        assertThat(ChunkStrategy.labels().stream().map(ChunkStrategy::of)).containsExactly(ChunkStrategy.values());
        assertThatThrownBy(() -> ChunkStrategy.of("psychic")).hasMessageContaining("psychic");
    }

    private static String page() {
        Random random = new Random(3);
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            page.append(PARTS[random.nextInt(10)])
                    .append("word".repeat(1 + random.nextInt(4)))
                    .append(". ");
        }
        return page.append("\n\n").toString();
    }

    private static int endOf(String text, int from) {
        int end = text.indexOf("\n\n", from);
        return end < 0 ? text.length() : end;
    }
}
