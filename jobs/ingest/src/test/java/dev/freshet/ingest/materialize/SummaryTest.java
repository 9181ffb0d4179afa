package dev.freshet.ingest.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.VectorSum;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.ingest.embed.ChunkVector;
import dev.freshet.ingest.embed.EmbeddedRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The summary of a document is the mean of the vectors of its chunks, after every change. */
class SummaryTest {
    private static final DocumentKey KEY = new DocumentKey("acme", "a");

    private final Revisions revisions = new Revisions();
    private final MemoryState state = new MemoryState();
    private Materializer materializer = state.materializer(1);

    @Test
    void itFollowsEditsRemovalsAndPatches() throws Exception {
        change(revisions.upsert("a", 1, "alpha", "beta", "gamma"));
        change(revisions.upsert("a", 2, "alpha", "delta", "gamma"));
        change(revisions.upsert("a", 3, "gamma", "alpha"));
        change(Revisions.patch("a", 4, "{\"team\":\"search\"}"));
        DocumentEntry last = change(revisions.upsert("a", 5, "alpha"));

        assertThat(last.summary()).isEqualTo(meanOf("alpha"));
    }

    @Test
    void aSmallEditOfALongDocumentReadsOnlyWhatItRemoves() throws Exception {
        String[] sections = IntStream.range(0, 200).mapToObj(i -> "section" + i).toArray(String[]::new);
        change(revisions.upsert("a", 1, sections));
        String removed =
                Objects.requireNonNull(state.document).manifest().get(77).chunkHash();
        sections[77] = "another";
        EmbeddedRevision edit = revisions.upsert("a", 2, sections);
        state.read.clear();

        materializer.follow(edit, Destination.SEARCHED);

        assertThat(state.read).containsExactly(removed);
        assertThat(whole().summary()).isEqualTo(meanOf(sections));
    }

    @Test
    void aChunkCountsAsOftenAsItStandsThere() throws Exception {
        assertThat(change(revisions.upsert("a", 1, "alpha", "beta", "alpha")).summary())
                .isEqualTo(meanOf("alpha", "beta", "alpha"))
                .isNotEqualTo(meanOf("alpha", "beta"));

        change(revisions.upsert("a", 2, "alpha", "beta"));
        change(revisions.upsert("a", 3, "alpha", "beta", "alpha", "alpha", "gamma"));
        change(revisions.upsert("a", 4, "beta", "gamma", "gamma"));
    }

    @Test
    void chunksWithoutVectorDoNotCountAndThereIsNoneWhereNoChunkHasOne() throws Exception {
        assertThat(change(revisions.upsert("a", 1, "alpha", Revisions.REFUSED)).summary())
                .isEqualTo(meanOf("alpha"));
        assertThat(change(revisions.upsert("a", 2, Revisions.REFUSED)).summary())
                .isNull();
        assertThat(change(revisions.upsert("a", 3, Revisions.REFUSED, "beta")).summary())
                .isEqualTo(meanOf("beta"));
    }

    @Test
    void aDeletedDocumentBeginsAnew() throws Exception {
        change(revisions.upsert("a", 1, "alpha", "beta"));

        materializer.follow(revisions.delete("a", 2), Destination.SEARCHED);
        DocumentEntry again = change(revisions.upsert("a", 3, "gamma"));

        assertThat(again.summary()).isEqualTo(meanOf("gamma"));
    }

    /** The document is written again then, under a fence that it has already. */
    @Test
    void aSupersededChangeWritesTheSummaryOfWhatIsThere() throws Exception {
        change(revisions.upsert("a", 5, "alpha", "beta"));

        DocumentEntry entry = supersededBy("gamma");

        assertThat(entry.summary()).isEqualTo(meanOf("alpha", "beta"));
    }

    /** The memo may have another vector for a text by then. */
    @Test
    void aChunkThatComesAgainWithAnotherVectorCountsAsThat() throws Exception {
        EmbeddedRevision first = revisions.upsert("a", 1, "alpha", "beta");
        change(first);
        EmbeddedRevision second = revisions.upsert("a", 2, "alpha", "beta", "gamma");
        NewChunk again = first.revision().added().getFirst();
        float[] other = {0, 1};

        DocumentEntry entry = change(new EmbeddedRevision(
                Revisions.adding(second.revision(), again),
                List.of(
                        second.vectors().getFirst(),
                        new ChunkVector(again.chunkHash(), other, 7, null, null, false, null))));

        assertThat(entry.summary())
                .isEqualTo(VectorSum.of(List.of(other, vectorOf("beta"), vectorOf("gamma")))
                        .mean());
    }

    @Test
    void stateFromBeforeTheSumIsReadAsAWholeOnce() throws Exception {
        change(revisions.upsert("a", 1, "alpha", "beta"));
        state.forgetSum();
        change(revisions.upsert("a", 2, "alpha", "beta", "gamma"));
        state.forgetSum();
        assertThat(supersededBy("delta").summary()).isEqualTo(meanOf("alpha", "beta", "gamma"));
        state.read.clear();
        supersededBy("delta");
        assertThat(state.read).isEmpty();

        state.forgetSum();
        assertThat(whole().summary()).isEqualTo(meanOf("alpha", "beta", "gamma"));
        assertThat(Objects.requireNonNull(state.document).vectors()).isNotNull();
    }

    /** Whatever was wrong with it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsMadeAnewWhenAllChunksAreRead(boolean rebuild) throws Exception {
        change(revisions.upsert("a", 1, "alpha", "beta"));
        state.document = Objects.requireNonNull(state.document).with(new VectorSum(new long[] {1, 2}, 2));

        if (rebuild) {
            assertThat(whole().summary()).isEqualTo(meanOf("alpha", "beta"));
        } else {
            materializer = state.materializer(2);
        }

        change(revisions.upsert("a", 2, "alpha", "beta", "gamma"));
        change(revisions.upsert("a", 3, "alpha"));
    }

    @Test
    void itIsTheSameAfterARestart() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var stage = MaterializeHarness.open()) {
            stage.change(revisions.upsert("a", 1, "alpha", "beta"));
            checkpoint = stage.snapshot(7);
        }
        try (var restored = MaterializeHarness.restore(checkpoint, 7, 1, 0)) {
            restored.repair("acme/a");
            restored.change(revisions.upsert("a", 2, "alpha", "beta", "gamma"));
            restored.change(revisions.upsert("a", 3, "alpha", "gamma"));

            assertThat(restored.updates())
                    .extracting(update -> Objects.requireNonNull(update.entry()).summary())
                    .containsExactly(
                            meanOf("alpha", "beta"), meanOf("alpha", "beta", "gamma"), meanOf("alpha", "gamma"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itIsThatOfTheChunksAfterAnyHistory(long seed) throws Exception {
        Random random = new Random(seed);
        for (int version = 1; version <= 150; version++) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                materializer.follow(revisions.delete("a", version), Destination.SEARCHED);
            } else {
                materializer = kind == 1 ? state.materializer(version) : materializer;
                change(revisions.upsert("a", version, sections(random)));
            }
        }
    }

    private static String[] sections(Random random) {
        return IntStream.range(0, 1 + random.nextInt(8))
                .mapToObj(i -> random.nextInt(6) == 0 ? Revisions.REFUSED : "section " + random.nextInt(5))
                .toArray(String[]::new);
    }

    /** Follows the change, and compares the summary with the chunks that are kept then. */
    private DocumentEntry change(EmbeddedRevision revision) throws Exception {
        DocumentEntry entry = Objects.requireNonNull(
                materializer.follow(revision, Destination.SEARCHED).entry());
        List<float[]> vectors = new ArrayList<>();
        entry.manifest().forEach(placement -> {
            float[] vector = Objects.requireNonNull(state.chunks.get(placement.chunkHash()))
                    .vector();
            if (vector != null) {
                vectors.add(vector);
            }
        });
        assertThat(entry.summary())
                .isEqualTo(VectorSum.of(new ArrayList<>(vectors)).mean());
        return entry;
    }

    private DocumentEntry supersededBy(String... sections) throws Exception {
        EmbeddedRevision late = Revisions.superseded(new Revisions().upsert("a", 1, sections));
        return Objects.requireNonNull(
                materializer.follow(late, Destination.SEARCHED).entry());
    }

    private DocumentEntry whole() throws Exception {
        IndexUpdate update = Objects.requireNonNull(materializer.whole(KEY, Destination.SEARCHED));
        return Objects.requireNonNull(update.entry());
    }

    private static float[] meanOf(String... sections) {
        List<float[]> vectors = Stream.of(sections).map(SummaryTest::vectorOf).toList();
        return Objects.requireNonNull(VectorSum.of(new ArrayList<>(vectors)).mean());
    }

    private static float[] vectorOf(String section) {
        return Revisions.vectorOf(Revisions.text(section));
    }
}
