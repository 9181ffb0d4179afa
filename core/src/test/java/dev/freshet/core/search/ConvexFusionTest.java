package dev.freshet.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.search.LegOutcome.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** The laws of {@link ConvexFusion}. */
final class ConvexFusionTest {
    private final ConvexFusion fusion = ConvexFusion.balanced();

    @Example
    void aChunkThatOneLegMissesHasZeroThere() {
        List<FusedChunk> fused = fusion.fuse(List.of(
                found(Leg.VECTOR, Map.of("a", 0.9, "b", 0.5, "c", 0.7)),
                found(Leg.KEYWORD, Map.of("c", 12.0, "b", 2.0))));

        assertThat(fused).extracting(f -> f.chunk().chunkId()).containsExactly("c", "a", "b");
        assertThat(fused)
                .extracting(FusedChunk::score)
                .satisfiesExactly(
                        c -> assertThat(c).isCloseTo(0.5 * 0.5 + 0.5 * 1, within(1e-9)),
                        a -> assertThat(a).isCloseTo(0.5, within(1e-9)),
                        b -> assertThat(b).isCloseTo(0, within(1e-9)));
        assertThat(fused.get(1).legs()).containsOnlyKeys(Leg.VECTOR);
    }

    @Example
    void equalScoresOfALegAllCountOne() {
        List<FusedChunk> fused =
                fusion.fuse(List.of(found(Leg.VECTOR, Map.of("a", 0.4)), found(Leg.KEYWORD, Map.of())));

        assertThat(fused).singleElement().extracting(FusedChunk::score).isEqualTo(0.5);
    }

    @Example
    void theWeightsOfTheLegsThatAnsweredSumToOne() {
        List<Found> legs = List.of(found(Leg.KEYWORD, Map.of("a", 3.0, "b", 1.0)));

        assertThat(fusion.fuse(legs).getFirst().score()).isEqualTo(1);
        assertThat(fusion.formula(legs)).isEqualTo("1.00 * minmax(keyword)");
    }

    @Example
    void noLegsGiveNothing() {
        assertThat(fusion.fuse(List.of())).isEmpty();
    }

    @Example
    void aWeightIsANumberFromZero() {
        assertThatThrownBy(() -> new ConvexFusion(Map.of(Leg.VECTOR, -1.0))).hasMessageContaining("vector");
        assertThatThrownBy(() -> new ConvexFusion(Map.of(Leg.VECTOR, Double.NaN)))
                .hasMessageContaining("vector");
    }

    @Property(tries = 300)
    void everyChunkThatALegFoundIsThereOnce(@ForAll("legs") List<Found> legs) {
        Set<String> expected = new HashSet<>();
        legs.forEach(leg ->
                leg.chunks().forEach(scored -> expected.add(scored.chunk().chunkId())));

        assertThat(fusion.fuse(legs).stream().map(f -> f.chunk().chunkId()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property(tries = 300)
    void scoresAreFromZeroToOneAndFall(@ForAll("legs") List<Found> legs) {
        List<Double> scores = fusion.fuse(legs).stream().map(FusedChunk::score).toList();

        assertThat(scores).allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0 + 1e-12));
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Property(tries = 300)
    void everyScoreCanBeComputedFromItsExplanation(@ForAll("legs") List<Found> legs) {
        assertThat(fusion.fuse(legs)).allSatisfy(fused -> {
            double vector = normalized(fused, Leg.VECTOR);
            double keyword = normalized(fused, Leg.KEYWORD);
            assertThat(fused.score()).isCloseTo(0.5 * vector + 0.5 * keyword, within(1e-12));
        });
    }

    @Property(tries = 300)
    void theOrderOfTheLegsDoesNotMatter(@ForAll("legs") List<Found> legs) {
        assertThat(ids(fusion.fuse(legs.reversed()))).isEqualTo(ids(fusion.fuse(legs)));
    }

    @Property(tries = 300)
    void theScaleOfALegDoesNotMatter(
            @ForAll("legs") List<Found> legs,
            @ForAll @DoubleRange(min = 0.25, max = 64) double factor,
            @ForAll @DoubleRange(min = -100, max = 100) double shift) {
        Found keyword = legs.get(1);
        Found rescaled = new Found(
                Leg.KEYWORD,
                keyword.chunks().stream()
                        .map(scored -> new ScoredChunk(scored.chunk(), scored.score() * factor + shift))
                        .toList());

        Map<String, Double> before = scores(fusion.fuse(legs));
        Map<String, Double> after = scores(fusion.fuse(List.of(legs.get(0), rescaled)));

        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((id, score) -> assertThat(score).isCloseTo(before.get(id), within(1e-6)));
    }

    @Property(tries = 300)
    void oneLegKeepsItsOrder(@ForAll("legs") List<Found> legs) {
        List<FusedChunk> fused = fusion.fuse(legs.subList(0, 1));

        assertThat(fused).extracting(f -> normalized(f, Leg.VECTOR)).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Property(tries = 300)
    void aChunkThatIsBetterInEveryLegIsNotBehind(@ForAll("legs") List<Found> legs) {
        List<FusedChunk> fused = fusion.fuse(legs);
        for (int behind = 0; behind < fused.size(); behind++) {
            for (int ahead = 0; ahead < behind; ahead++) {
                assertThat(dominates(fused.get(behind), fused.get(ahead))).isFalse();
            }
        }
    }

    @Property(tries = 300)
    void groupingKeepsTheBestChunkOfEachDocument(@ForAll("legs") List<Found> legs) {
        List<FusedChunk> fused = fusion.fuse(legs);
        List<FusedChunk> grouped = Grouping.top(fused, GroupBy.DOCUMENT, 1000);

        assertThat(grouped).extracting(f -> f.chunk().documentId()).doesNotHaveDuplicates();
        assertThat(fused)
                .allSatisfy(any -> assertThat(grouped)
                        .anyMatch(best ->
                                best.chunk().documentId().equals(any.chunk().documentId())
                                        && best.score() >= any.score()));
        assertThat(fused).containsSubsequence(grouped);
    }

    @Property(tries = 100)
    void atMostKHitsRemain(@ForAll("legs") List<Found> legs) {
        List<FusedChunk> fused = fusion.fuse(legs);

        assertThat(Grouping.top(fused, GroupBy.CHUNK, 3)).isEqualTo(fused.subList(0, Math.min(3, fused.size())));
    }

    @Provide
    Arbitrary<List<Found>> legs() {
        Arbitrary<Map<String, Double>> scores = Arbitraries.maps(
                        Arbitraries.integers().between(0, 15).map(i -> "c" + i),
                        Arbitraries.doubles().between(-1, 30).ofScale(3))
                .ofMaxSize(12);
        return Combinators.combine(scores, scores)
                .as((vector, keyword) -> List.of(found(Leg.VECTOR, vector), found(Leg.KEYWORD, keyword)));
    }

    private static Found found(Leg leg, Map<String, Double> scores) {
        List<ScoredChunk> chunks = new ArrayList<>();
        scores.forEach((id, score) -> chunks.add(new ScoredChunk(chunk(id), score)));
        chunks.sort(Comparator.comparingDouble(ScoredChunk::score).reversed());
        return new Found(leg, chunks);
    }

    private static FoundChunk chunk(String id) {
        String document = "d" + Math.floorMod(id.hashCode(), 5);
        return new FoundChunk(id, document, null, List.of(), "text", null, "{}", null, 1, ChunkMetadata.NONE);
    }

    private static boolean dominates(FusedChunk a, FusedChunk b) {
        return normalized(a, Leg.VECTOR) > normalized(b, Leg.VECTOR) + 1e-9
                && normalized(a, Leg.KEYWORD) > normalized(b, Leg.KEYWORD) + 1e-9;
    }

    private static double normalized(FusedChunk fused, Leg leg) {
        LegScore score = fused.legs().get(leg);
        return score == null ? 0 : score.normalized();
    }

    private static List<String> ids(List<FusedChunk> fused) {
        return fused.stream().map(f -> f.chunk().chunkId()).toList();
    }

    private static Map<String, Double> scores(List<FusedChunk> fused) {
        return fused.stream().collect(Collectors.toMap(f -> f.chunk().chunkId(), FusedChunk::score));
    }
}
