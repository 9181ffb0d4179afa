package dev.freshet.core.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.fuse.Normalisation.MinMax;
import dev.freshet.core.fuse.Normalisation.Rank;
import dev.freshet.core.fuse.Normalisation.ReciprocalRank;
import dev.freshet.core.fuse.Normalisation.ZScore;
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

/** The laws of {@link Fusion}, for every {@link Normalisation}. */
final class FusionTest {
    private static final Fusion MIN_MAX = new Fusion(new MinMax());

    @Example
    void aThingThatOneListMissesHasZeroThere() {
        List<Fused<String>> fused = MIN_MAX.fuse(List.of(
                        list("vector", 1, Map.of("a", 0.9, "b", 0.5, "c", 0.7)),
                        list("keyword", 1, Map.of("c", 12.0, "b", 2.0))))
                .items();

        assertThat(fused).extracting(Fused::id).containsExactly("c", "a", "b");
        assertThat(fused)
                .extracting(Fused::score)
                .satisfiesExactly(
                        c -> assertThat(c).isCloseTo(0.5 * 0.5 + 0.5 * 1, within(1e-9)),
                        a -> assertThat(a).isCloseTo(0.5, within(1e-9)),
                        b -> assertThat(b).isCloseTo(0, within(1e-9)));
        assertThat(fused.get(1).lists()).containsOnlyKeys("vector");
    }

    @Example
    void equalScoresAreAllTheSame() {
        RankedList<String> equal = list("l", 1, Map.of("a", 4.0, "b", 4.0));

        assertThat(scores(MIN_MAX, equal)).containsOnly(Map.entry("a", 1.0), Map.entry("b", 1.0));
        assertThat(scores(new Fusion(new ZScore()), equal)).containsOnly(Map.entry("a", 0.5), Map.entry("b", 0.5));
    }

    @Example
    void normalisationsAreWhatTheirFormulasSay() {
        RankedList<String> list = list("l", 1, Map.of("a", 10.0, "b", 4.0, "c", 1.0));
        double deviation = Math.sqrt((25 + 1 + 16) / 3.0);

        assertThat(scores(MIN_MAX, list)).containsEntry("b", 3 / 9.0);
        assertThat(scores(new Fusion(new Rank()), list)).containsEntry("a", 1.0).containsEntry("c", 1 / 3.0);
        assertThat(scores(new Fusion(new ReciprocalRank(60)), list))
                .containsEntry("a", 1.0)
                .containsEntry("b", 61 / 62.0);
        assertThat(scores(new Fusion(new ZScore()), list).get("a"))
                .isCloseTo(1 / (1 + Math.exp(-5 / deviation)), within(1e-12));
    }

    @Example
    void weightedRrfHasTheOrderOfItsDefinition() {
        RankedList<String> one = list("one", 0.7, Map.of("a", 3.0, "b", 2.0, "c", 1.0));
        RankedList<String> other = list("other", 0.3, Map.of("c", 9.0, "b", 8.0, "d", 1.0));

        List<Fused<String>> fused =
                new Fusion(new ReciprocalRank(60)).fuse(List.of(one, other)).items();

        assertThat(fused).allSatisfy(thing -> {
            double defined = 0;
            for (var list : thing.lists().entrySet()) {
                defined += (list.getKey().equals("one") ? 0.7 : 0.3)
                        / (60 + list.getValue().rank());
            }
            assertThat(thing.score()).isCloseTo(61 * defined, within(1e-12));
        });
    }

    @Example
    void theWeightsOfTheListsThatAreThereSumToOne() {
        FusedList<String> fused = MIN_MAX.fuse(List.of(list("keyword", 0.2, Map.of("a", 3.0, "b", 1.0))));

        assertThat(fused.items().getFirst().score()).isEqualTo(1);
        assertThat(fused.lists()).extracting(ListStatistics::share).containsExactly(1.0);
    }

    @Example
    void aSignalCountsForEveryThing() {
        List<RankedList<String>> lists = List.of(list("l", 0.8, Map.of("a", 2.0, "b", 1.0)));

        FusedList<String> fused =
                MIN_MAX.fuse(lists, new Signal<>("fresh", 0.2, thing -> thing.equals("b") ? 1 : 0.25));

        assertThat(fused.signalShare()).isCloseTo(0.2, within(1e-12));
        assertThat(fused.items().get(0).score()).isCloseTo(0.8 + 0.2 * 0.25, within(1e-12));
        assertThat(fused.items().get(1).score()).isCloseTo(0.2, within(1e-12));
    }

    @Example
    void noListsGiveNothing() {
        assertThat(MIN_MAX.fuse(List.<RankedList<String>>of()).items()).isEmpty();
    }

    @Example
    void aWeightIsANumberFromZero() {
        assertThatThrownBy(() -> list("vector", -1, Map.of())).hasMessageContaining("vector");
        assertThatThrownBy(() -> list("vector", Double.NaN, Map.of())).hasMessageContaining("vector");
    }

    @Property(tries = 400)
    void everyThingOfAListIsThereOnce(
            @ForAll("fusions") Fusion fusion, @ForAll("lists") List<RankedList<String>> lists) {
        Set<String> expected = new HashSet<>();
        lists.forEach(list -> list.entries().forEach(entry -> expected.add(entry.id())));

        assertThat(fusion.fuse(lists).items()).extracting(Fused::id).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property(tries = 400)
    void scoresAreFromZeroToOneAndFall(
            @ForAll("fusions") Fusion fusion, @ForAll("lists") List<RankedList<String>> lists) {
        List<Double> scores =
                fusion.fuse(lists).items().stream().map(Fused::score).toList();

        assertThat(scores).allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0 + 1e-12));
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Property(tries = 400)
    void everyScoreCanBeComputedFromWhatItCameFrom(
            @ForAll("fusions") Fusion fusion, @ForAll("lists") List<RankedList<String>> lists) {
        FusedList<String> fused = fusion.fuse(lists);

        assertThat(fused.items()).allSatisfy(thing -> {
            double score = 0;
            for (ListStatistics list : fused.lists()) {
                ListScore said = thing.lists().get(list.name());
                score +=
                        said == null ? 0 : list.share() * fusion.normalisation().of(said.rank(), said.score(), list);
            }
            assertThat(thing.score()).isCloseTo(score, within(1e-12));
        });
    }

    @Property(tries = 400)
    void theOrderOfTheListsDoesNotMatter(
            @ForAll("fusions") Fusion fusion, @ForAll("lists") List<RankedList<String>> lists) {
        Map<String, Double> scores = byId(fusion.fuse(lists));

        byId(fusion.fuse(lists.reversed()))
                .forEach((id, score) -> assertThat(score).isCloseTo(scores.get(id), within(1e-12)));
    }

    @Property(tries = 400)
    void theScaleOfAListDoesNotMatter(
            @ForAll("fusions") Fusion fusion,
            @ForAll("lists") List<RankedList<String>> lists,
            @ForAll @DoubleRange(min = 0.25, max = 64) double factor,
            @ForAll @DoubleRange(min = -100, max = 100) double shift) {
        RankedList<String> second = lists.get(1);
        RankedList<String> rescaled = new RankedList<>(
                second.name(),
                second.weight(),
                second.entries().stream()
                        .map(entry -> new RankedList.Entry<>(entry.id(), entry.score() * factor + shift, entry.thing()))
                        .toList());

        Map<String, Double> before = byId(fusion.fuse(lists));
        Map<String, Double> after = byId(fusion.fuse(List.of(lists.get(0), rescaled)));

        after.forEach((id, score) -> assertThat(score).isCloseTo(before.get(id), within(1e-6)));
    }

    @Property(tries = 400)
    void oneListKeepsItsOrder(@ForAll("fusions") Fusion fusion, @ForAll("lists") List<RankedList<String>> lists) {
        List<Fused<String>> fused = fusion.fuse(lists.subList(0, 1)).items();
        List<String> listed = lists.getFirst().entries().stream()
                .filter(entry -> entry.score() > lowest(lists.getFirst()))
                .map(RankedList.Entry::id)
                .toList();

        assertThat(fused.stream().map(Fused::id).limit(listed.size()).toList()).isEqualTo(listed);
    }

    @Property(tries = 400)
    void whatIsBetterInEveryListIsNotBehind(
            @ForAll("fusions") Fusion fusion, @ForAll("lists") List<RankedList<String>> lists) {
        List<Fused<String>> fused = fusion.fuse(lists).items();
        for (int behind = 0; behind < fused.size(); behind++) {
            for (int ahead = 0; ahead < behind; ahead++) {
                assertThat(dominates(fused.get(behind), fused.get(ahead)))
                        .as("%s before %s", fused.get(ahead), fused.get(behind))
                        .isFalse();
            }
        }
    }

    @Provide
    Arbitrary<Fusion> fusions() {
        return Arbitraries.of(
                MIN_MAX, new Fusion(new ZScore()), new Fusion(new Rank()), new Fusion(new ReciprocalRank(60)));
    }

    @Provide
    Arbitrary<List<RankedList<String>>> lists() {
        Arbitrary<Map<String, Double>> scores = Arbitraries.maps(
                        Arbitraries.integers().between(0, 15).map(i -> "c" + i),
                        Arbitraries.doubles().between(-1, 30).ofScale(3))
                .ofMaxSize(12);
        Arbitrary<Double> weights = Arbitraries.doubles().between(0, 1).ofScale(2);
        return Combinators.combine(scores, scores, weights, weights)
                .as((one, other, first, second) -> List.of(list("one", first, one), list("other", second, other)));
    }

    private static RankedList<String> list(String name, double weight, Map<String, Double> scores) {
        List<RankedList.Entry<String>> entries = new ArrayList<>();
        scores.forEach((id, score) -> entries.add(new RankedList.Entry<>(id, score, id)));
        entries.sort(Comparator.<RankedList.Entry<String>>comparingDouble(RankedList.Entry::score)
                .reversed()
                .thenComparing(RankedList.Entry::id));
        return new RankedList<>(name, weight, entries);
    }

    private static double lowest(RankedList<String> list) {
        return list.entries().stream()
                .mapToDouble(RankedList.Entry::score)
                .min()
                .orElse(0);
    }

    private static boolean dominates(Fused<String> a, Fused<String> b) {
        return normalized(a, "one") > normalized(b, "one") + 1e-9
                && normalized(a, "other") > normalized(b, "other") + 1e-9;
    }

    private static double normalized(Fused<String> fused, String list) {
        ListScore score = fused.lists().get(list);
        return score == null ? 0 : score.normalized();
    }

    private static Map<String, Double> scores(Fusion fusion, RankedList<String> list) {
        return byId(fusion.fuse(List.of(list)));
    }

    private static Map<String, Double> byId(FusedList<String> fused) {
        return fused.items().stream().collect(Collectors.toMap(Fused::id, Fused::score));
    }
}
