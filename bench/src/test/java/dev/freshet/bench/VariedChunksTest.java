package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.chunk.ChunkParts;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.embed.UnitVector;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrite.PutChunk;
import dev.freshet.core.index.IndexWrite.PutDocument;
import dev.freshet.core.revision.ChunkPlacement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariedChunksTest {
    private static final int DIMENSION = 384;
    private static final List<BaseChunk> BASE = List.of(
            base(1, "Apples are red. Pears are green. Plums are blue. Figs are sweet."),
            base(2, "One is odd. Two is even. Three is prime."),
            base(3, "Only this."));

    private final VariedChunks chunks = new VariedChunks(BASE, 0.6, 7);

    @Test
    void theRealOnesComeFirst() {
        for (int number = 0; number < BASE.size(); number++) {
            assertThat(chunks.text(number)).isEqualTo(BASE.get(number).chunk());
            assertThat(chunks.vector(number)).isEqualTo(BASE.get(number).vector());
        }
    }

    @Test
    void theChunkOfANumberIsAlwaysTheSame() {
        VariedChunks again = new VariedChunks(BASE, 0.6, 7);

        for (int number = 0; number < 50; number++) {
            assertThat(again.text(number)).isEqualTo(chunks.text(number));
            assertThat(again.vector(number)).isEqualTo(chunks.vector(number));
        }
    }

    @Test
    void anotherSeedGivesOtherChunks() {
        VariedChunks other = new VariedChunks(BASE, 0.6, 8);

        assertThat(other.vector(3)).isNotEqualTo(chunks.vector(3));
        assertThat(texts(other)).isNotEqualTo(texts(chunks));
    }

    /** A random direction is at a right angle to the vector, nearly: the cosine is 1 / √(1 + noise²). */
    @Test
    void vectorsAreAsFarFromTheirsAsTheNoiseSays() {
        for (int number = 3; number < 100; number++) {
            float[] vector = chunks.vector(number);
            double cosine = FloatMaxSim.product(vector, 0, BASE.get(number % 3).vector(), 0, DIMENSION);

            assertThat(UnitVector.is(vector)).isTrue();
            assertThat(cosine).isCloseTo(1 / Math.sqrt(1.36), within(0.1));
        }
    }

    @Test
    void variationsOfOneChunkAreNotTheSame() {
        double cosine = FloatMaxSim.product(chunks.vector(3), 0, chunks.vector(6), 0, DIMENSION);

        assertThat(cosine).isCloseTo(1 / 1.36, within(0.1));
        assertThat(texts(chunks).stream().distinct().count()).isGreaterThan(40);
    }

    @Test
    void textsAreMadeOfTheSentencesOfTwo() {
        List<String> all = List.of(
                "Apples are red. ",
                "Pears are green. ",
                "Plums are blue. ",
                "Figs are sweet.",
                "One is odd. ",
                "Two is even. ",
                "Three is prime.",
                "Only this.");
        for (int number = 3; number < 50; number++) {
            String left = chunks.text(number).text();
            for (String sentence : all) {
                left = left.replace(sentence, "");
            }
            assertThat(left).isEmpty();
        }
    }

    @Test
    void documentsHaveChunksThatFollowOneAnotherAndAManifest() {
        List<IndexWrite> writes = chunks.writes("t", 1, 100);

        assertThat(writes).hasSize(9);
        assertThat(ids(writes))
                .isEqualTo(IntStream.range(8, 16)
                        .mapToObj(number -> VariedChunks.id("t", number))
                        .toList());
        assertThat(writes.getLast()).isInstanceOfSatisfying(PutDocument.class, put -> {
            assertThat(put.entry().key().id()).isEqualTo("page-1");
            assertThat(put.entry().manifest())
                    .extracting(ChunkPlacement::chunkId)
                    .isEqualTo(ids(writes));
        });
    }

    @Test
    void theLastDocumentHasWhatIsLeft() {
        assertThat(ids(chunks.writes("t", 1, 11))).hasSize(3);
    }

    private static List<String> ids(List<IndexWrite> writes) {
        return writes.stream()
                .filter(PutChunk.class::isInstance)
                .map(put -> ((PutChunk) put).chunk().id())
                .toList();
    }

    private static List<String> texts(VariedChunks chunks) {
        return IntStream.range(3, 103)
                .mapToObj(number -> chunks.text(number).text())
                .toList();
    }

    private static BaseChunk base(long seed, String text) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        TextChunk chunk = new TextChunk(
                List.of("Heading"), 0, text.length(), text, 10, new ChunkParts(List.of("paragraph"), "", ""));
        return new BaseChunk("Title", "text/plain", chunk, UnitVector.of(vector), null);
    }
}
