package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** How far an edit reaches: what every structural strategy promises. */
class DisturbanceTest {
    /** A maximum of many times the reach: parts between two local bests that are larger do not come up. */
    private static final ChunkSize SIZE = new ChunkSize(10, 30, 240);

    private static final int PARAGRAPHS = 80;

    private final Chunker chunker = new ContentDefinedChunker(Documents.WORDS, SIZE);

    @Property(tries = 1_000)
    void anInsertedBlockChangesTheChunkThatItLandsInAndItsNeighbours(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> blocks = blocks(random);
        int at = random.nextInt(blocks.size() + 1);

        Edit edit = new Edit(blocks, at, at, List.of(block(random)));

        assertThat(edit.changed()).isSubsetOf(edit.touchedWithNeighbours());
    }

    @Property(tries = 1_000)
    void aDeletedBlockChangesTheChunksThatItWasInAndTheirNeighbours(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> blocks = blocks(random);
        int at = random.nextInt(blocks.size());

        Edit edit = new Edit(blocks, at, at + 1, List.of());

        assertThat(edit.changed()).isSubsetOf(edit.touchedWithNeighbours());
    }

    @Property(tries = 1_000)
    void aChangedBlockChangesTheChunksThatItWasInAndTheirNeighbours(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> blocks = blocks(random);
        int at = random.nextInt(blocks.size());

        Edit edit = new Edit(blocks, at, at + 1, List.of(block(random)));

        assertThat(edit.changed()).isSubsetOf(edit.touchedWithNeighbours());
    }

    @Property(tries = 300)
    void twoInsertedBlocksFarApartChangeTwoPlaces(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> blocks = blocks(random);
        List<String> once = with(blocks, 5, 5, List.of(block(random)));

        Edit near = new Edit(blocks, 5, 5, List.of(once.get(5)));
        Edit far = new Edit(once, 75, 75, List.of(block(random)));

        assertThat(near.added()).isNotEmpty();
        assertThat(far.added()).isNotEmpty();
        assertThat(near.changed()).isSubsetOf(near.touchedWithNeighbours());
        assertThat(far.changed()).isSubsetOf(far.touchedWithNeighbours());
        assertThat(near.changed()).noneMatch(far.changed()::contains);
    }

    /** There a new best place can join or part chunks that the edit does not touch: seldom, and near to it. */
    @Test
    void withManyPartsOverTheMaximumHardlyAnEditReachesFarther() {
        Chunker tight = new ContentDefinedChunker(Documents.WORDS, new ChunkSize(10, 40, 60));
        int farther = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<String> blocks = blocks(random);
            int at = random.nextInt(blocks.size() + 1);
            Edit edit = new Edit(tight, blocks, at, at, List.of(block(random)));
            farther += edit.touchedWithNeighbours().containsAll(edit.changed()) ? 0 : 1;
        }

        assertThat(farther).isLessThanOrEqualTo(4);
    }

    /** Blocks from one offset up to another replaced by others. */
    private final class Edit {
        private final List<TextChunk> before;
        private final List<String> after;
        private final int from;
        private final int to;

        Edit(List<String> blocks, int first, int end, List<String> replacement) {
            this(DisturbanceTest.this.chunker, blocks, first, end, replacement);
        }

        Edit(Chunker chunker, List<String> blocks, int first, int end, List<String> replacement) {
            before = chunker.chunk("text/markdown", text(blocks));
            after = chunker.chunk("text/markdown", text(with(blocks, first, end, replacement))).stream()
                    .map(TextChunk::text)
                    .toList();
            from = text(blocks.subList(0, first)).length();
            to = text(blocks.subList(0, end)).length();
        }

        /** The chunks before the edit that are not there after it. */
        List<String> changed() {
            List<String> gone =
                    new ArrayList<>(before.stream().map(TextChunk::text).toList());
            after.forEach(gone::remove);
            return gone;
        }

        /** The chunks after the edit that were not there before it. */
        List<String> added() {
            List<String> added = new ArrayList<>(after);
            before.forEach(chunk -> added.remove(chunk.text()));
            return added;
        }

        /** The chunks that the edit is in or at the edge of, and one more on either side. */
        List<String> touchedWithNeighbours() {
            int first = 0;
            while (before.get(first).end() < from) {
                first++;
            }
            int last = before.size() - 1;
            while (before.get(last).start() > to) {
                last--;
            }
            return before.subList(Math.max(0, first - 1), Math.min(before.size(), last + 2)).stream()
                    .map(TextChunk::text)
                    .toList();
        }
    }

    private static String text(List<String> blocks) {
        StringBuilder text = new StringBuilder();
        blocks.forEach(block -> text.append(block).append("\n\n"));
        return text.toString();
    }

    private static List<String> with(List<String> blocks, int first, int end, List<String> replacement) {
        List<String> changed = new ArrayList<>(blocks);
        changed.subList(first, end).clear();
        changed.addAll(first, replacement);
        return changed;
    }

    private static List<String> blocks(Random random) {
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < PARAGRAPHS; i++) {
            blocks.add(block(random));
        }
        return blocks;
    }

    private static String block(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "## " + words(random, 1 + random.nextInt(3));
            case 1 -> "#### " + words(random, 1 + random.nextInt(3));
            case 2 -> "```java\n" + words(random, 6) + ";\n" + words(random, 6) + ";\n```";
            case 3 -> "> " + words(random, 5 + random.nextInt(10));
            default -> words(random, 3 + random.nextInt(20)) + ".";
        };
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append("word").append(random.nextInt(10_000));
        }
        return words.toString();
    }
}
