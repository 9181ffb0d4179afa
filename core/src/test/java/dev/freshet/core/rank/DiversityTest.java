package dev.freshet.core.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.DiversityStep;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiversityTest {
    private static final DiversityStep COLLAPSE = new DiversityStep(0.95, 1, Integer.MAX_VALUE);

    private final Ranked first = Chunks.ranked(Chunks.chunk("first", "d1", "the very same words", "k1", "k2"), 0.9);
    private final Ranked alike = Chunks.ranked(Chunks.chunk("alike", "d2", "the very same word", "k2", "k3"), 0.8);
    private final Ranked other = Chunks.ranked(Chunks.chunk("other", "d1", "something else", "k4"), 0.7);
    private final Ranked equal = Chunks.ranked(Chunks.chunk("equal", "d3", "the very same words"), 0.6);

    @Test
    void whatIsNearerThanTheBoundIsOneHit() {
        List<Ranked> hits = Diversity.thin(
                List.of(first, alike, other), COLLAPSE, Map.of("first", at(0), "alike", at(15), "other", at(90)));

        assertThat(Chunks.ids(hits)).containsExactly("first", "other");
        assertThat(hits.getFirst().duplicates()).containsExactly("alike");
    }

    @Test
    void whatIsFartherIsNotWhateverKeysItShares() {
        List<Ranked> hits = Diversity.thin(List.of(first, alike), COLLAPSE, Map.of("first", at(0), "alike", at(20)));

        assertThat(Chunks.ids(hits)).containsExactly("first", "alike");
    }

    @Test
    void equalTextsAreOneHitWithoutVectors() {
        List<Ranked> hits = Diversity.thin(List.of(first, alike, equal), COLLAPSE, Map.of());

        assertThat(Chunks.ids(hits)).containsExactly("first", "alike");
        assertThat(hits.getFirst().duplicates()).containsExactly("equal");
    }

    @Test
    void nothingIsCollapsedUnlessAskedFor() {
        DiversityStep none = new DiversityStep(1, 1, Integer.MAX_VALUE);

        assertThat(Diversity.thin(List.of(first, equal), none, Map.of())).hasSize(2);
    }

    @Test
    void aDocumentHasSoManyHitsAtMost() {
        DiversityStep one = new DiversityStep(1, 1, 1);

        assertThat(Chunks.ids(Diversity.thin(List.of(first, alike, other, equal), one, Map.of())))
                .containsExactly("first", "alike", "equal");
    }

    @Test
    void differenceMovesWhatSaysTheSameBack() {
        DiversityStep mmr = new DiversityStep(1, 0.5, Integer.MAX_VALUE);
        Map<String, float[]> vectors = Map.of("first", at(0), "alike", at(15), "other", at(90));

        assertThat(Chunks.ids(Diversity.thin(List.of(first, alike, other), mmr, vectors)))
                .containsExactly("first", "other", "alike");
    }

    @Test
    void withoutAVectorAHitIsMovedToTheEnd() {
        DiversityStep mmr = new DiversityStep(1, 0.5, Integer.MAX_VALUE);

        assertThat(Chunks.ids(
                        Diversity.thin(List.of(first, alike, other), mmr, Map.of("alike", at(1), "other", at(2)))))
                .containsExactly("alike", "other", "first");
    }

    @Test
    void suspectsShareAKey() {
        assertThat(Duplicates.suspects(
                        List.of(first, alike, other, equal).stream()
                                .map(Ranked::chunk)
                                .toList(),
                        10))
                .containsExactly("first", "alike");
    }

    private static float[] at(double degrees) {
        return new float[] {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
    }
}
