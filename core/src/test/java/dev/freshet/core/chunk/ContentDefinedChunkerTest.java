package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContentDefinedChunkerTest {
    private static final ChunkSize SIZE = new ChunkSize(20, 80);
    private final Chunker chunker = new ContentDefinedChunker(Documents.WORDS, SIZE);

    @Provide
    Arbitrary<List<String>> documents() {
        return Documents.blocks();
    }

    @Property(tries = 300)
    void chunksPutTogetherAreTheText(@ForAll("documents") List<String> blocks) {
        String text = Documents.markdown(blocks);

        List<TextChunk> chunks = chunker.chunk("text/markdown", text);

        assertThat(chunks.stream().map(TextChunk::text).collect(Collectors.joining()))
                .isEqualTo(text);
        int end = 0;
        for (TextChunk chunk : chunks) {
            assertThat(chunk.start()).isEqualTo(end);
            assertThat(text.substring(chunk.start(), chunk.end())).isEqualTo(chunk.text());
            end = chunk.end();
        }
    }

    @Property(tries = 300)
    void noChunkIsLargerThanTheMaximum(@ForAll("documents") List<String> blocks) {
        assertThat(chunker.chunk("text/markdown", Documents.markdown(blocks)))
                .allSatisfy(
                        chunk -> assertThat(Documents.WORDS.count(chunk.text())).isLessThanOrEqualTo(SIZE.maximum()));
    }

    @Property(tries = 100)
    void theSameTextGivesTheSameChunks(@ForAll("documents") List<String> blocks) {
        String text = Documents.markdown(blocks);
        Chunker other = new ContentDefinedChunker(Documents.WORDS, SIZE);

        assertThat(chunker.chunk("text/markdown", text)).isEqualTo(other.chunk("text/markdown", text));
    }

    @Test
    void anInsertionAnywhereChangesOnAverageFewChunksHoweverLongTheText() {
        Random random = new Random(17);
        List<String> paragraphs = paragraphs(random, 400);
        Set<String> before = texts(Documents.markdown(paragraphs));
        int newChunks = 0;
        int tries = 100;
        for (int i = 0; i < tries; i++) {
            String inserted = paragraph(random);
            List<String> changed = Documents.with(paragraphs, random.nextInt(paragraphs.size()), inserted);
            Set<String> after = texts(Documents.markdown(changed));
            after.removeAll(before);
            newChunks += after.size();
        }

        assertThat((double) newChunks / tries).isLessThan(2.5);
        assertThat(before.size()).isGreaterThan(150);
    }

    @Property(tries = 100)
    void anEditFarFromAChunkDoesNotTouchIt(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<String> paragraphs = paragraphs(random, 200);
        List<String> changed = Documents.with(paragraphs, 0, paragraph(random));

        List<TextChunk> before = chunker.chunk("text/plain", Documents.markdown(paragraphs));
        List<TextChunk> after = chunker.chunk("text/plain", Documents.markdown(changed));

        int tail = before.size() / 2;
        assertThat(lastTexts(after, tail)).isEqualTo(lastTexts(before, tail));
    }

    @Test
    void aHeadingStaysWithWhatFollowsIt() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append("## Section ")
                    .append(i)
                    .append("\n\n")
                    .append("word ".repeat(15))
                    .append("\n\n");
        }

        assertThat(chunker.chunk("text/markdown", text.toString()))
                .allSatisfy(chunk -> assertThat(chunk.text().strip()).doesNotMatch("(?s).*## Section \\d+$"));
    }

    @Test
    void aChunkKnowsTheHeadingsAboveItButNotThoseInsideIt() {
        String text = "# Guide\n\n" + "intro ".repeat(30) + "\n\n## Install\n\n" + "step ".repeat(30)
                + "\n\n### Linux\n\n" + "apt ".repeat(30) + "\n\n## Run\n\n" + "run ".repeat(30) + "\n";

        List<TextChunk> chunks = chunker.chunk("text/markdown", text);

        TextChunk linux = chunks.stream()
                .filter(chunk -> chunk.text().contains("apt"))
                .findFirst()
                .orElseThrow();
        TextChunk run = chunks.stream()
                .filter(chunk -> chunk.text().contains("run"))
                .findFirst()
                .orElseThrow();
        assertThat(linux.headingPath()).containsExactly("Guide", "Install");
        assertThat(run.headingPath()).containsExactly("Guide");
    }

    @Test
    void aParagraphThatDashesMakeAHeadingDoesNotBurdenEveryChunkBelowIt() {
        String text = "endless words\n".repeat(2_000) + "---\n\n" + "Some text follows here. ".repeat(500);

        assertThat(chunker.chunk("text/markdown", text))
                .hasSizeGreaterThan(50)
                .allSatisfy(chunk ->
                        assertThat(String.join("", chunk.headingPath())).hasSizeLessThanOrEqualTo(200));
    }

    @Test
    void whatIsBlankHasNoChunk() {
        assertThat(chunker.chunk("text/markdown", "")).isEmpty();
        assertThat(chunker.chunk("text/plain", " \n\t\n ")).isEmpty();
    }

    @Test
    void aLongUnbrokenWordIsCutAndNeverInsideASurrogatePair() {
        String text = "😀".repeat(20_000);

        List<TextChunk> chunks = chunker.chunk("text/plain", text);

        assertThat(chunks).hasSizeGreaterThan(20);
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(
                                Character.isLowSurrogate(chunk.text().charAt(0)))
                        .isFalse());
    }

    @Test
    void aLineOfCodeOrATableRowIsNotCut() {
        String rows = "| some | words | in | a | row |\n".repeat(100);
        String text = "| a | b | c | d | e |\n|---|---|---|---|---|\n" + rows;

        assertThat(chunker.chunk("text/markdown", text))
                .hasSizeGreaterThan(5)
                .allSatisfy(chunk -> assertThat(chunk.text()).endsWith("|\n"));
    }

    @Test
    void frontMatterIsPartOfTheText() {
        String text = "---\ntitle: x\n---\n# Heading\n\nBody.\n";

        assertThat(chunker.chunk("text/markdown", text)).singleElement().satisfies(chunk -> {
            assertThat(chunk.text()).isEqualTo(text);
            assertThat(chunk.headingPath()).isEmpty();
        });
    }

    private Set<String> texts(String text) {
        return chunker.chunk("text/markdown", text).stream()
                .map(TextChunk::text)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> lastTexts(List<TextChunk> chunks, int count) {
        return chunks.subList(chunks.size() - count, chunks.size()).stream()
                .map(TextChunk::text)
                .toList();
    }

    private static List<String> paragraphs(Random random, int count) {
        List<String> paragraphs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paragraphs.add(paragraph(random));
        }
        return paragraphs;
    }

    private static String paragraph(Random random) {
        return random.ints(5 + random.nextInt(30), 0, 5_000)
                .mapToObj(word -> "word" + word)
                .collect(Collectors.joining(" ", "", "."));
    }

    @Test
    void markdownOfMoreLinesThanAPageHasIsReadAsPlainText() {
        String text = "# Not a page\n\n" + "aaa\n\n".repeat(1 << 21);

        List<TextChunk> chunks = chunker.chunk("text/markdown", text);

        assertThat(chunks.getFirst().headingPath()).isEmpty();
        assertThat(chunks.getFirst().start()).isZero();
        assertThat(chunks.getLast().end()).isGreaterThan(text.length() - 3);
    }
}
