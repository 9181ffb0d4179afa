package dev.freshet.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Expected values are worked out by hand; discounts are 1, 0.63093, 0.5, 0.43068, 0.38685. */
final class MetricTest {
    private static final double FOUR_DECIMALS = 0.00005;
    private static final Judgements GRADED = new Judgements(Map.of("a", 3, "b", 2, "c", 1, "d", 0, "e", -1));

    @Test
    void ndcgWeighsGradesByRank() {
        // (0/1 + 3*0.63093 + 0*0.5 + 1*0.43068) / (3*1 + 2*0.63093 + 1*0.5) = 2.32347 / 4.76186
        assertThat(new Ndcg(10).measure(ranking("x", "a", "d", "c"), GRADED)).isCloseTo(0.48793, within(FOUR_DECIMALS));
    }

    @Test
    void ndcgLooksAtTheCutoffOnlyInTheIdealRankingToo() {
        // 3*0.63093 / (3*1 + 2*0.63093) = 1.89279 / 4.26186
        assertThat(new Ndcg(2).measure(ranking("x", "a", "b"), GRADED)).isCloseTo(0.44412, within(FOUR_DECIMALS));
    }

    @Test
    void ndcgOfAPerfectRankingIsOne() {
        assertThat(new Ndcg(10).measure(ranking("a", "b", "c", "d"), GRADED)).isEqualTo(1.0);
    }

    @Test
    void negativeGradesCountAsNotRelevant() {
        assertThat(new Ndcg(10).measure(ranking("e", "a", "b", "c"), GRADED))
                .isEqualTo(new Ndcg(10).measure(ranking("x", "a", "b", "c"), GRADED));
        assertThat(new Recall(10).measure(ranking("e", "a"), GRADED)).isCloseTo(1 / 3.0, within(FOUR_DECIMALS));
    }

    @Test
    void recallIsTheShareOfAllRelevantDocuments() {
        assertThat(new Recall(10).measure(ranking("x", "b", "d", "a"), GRADED))
                .isCloseTo(2 / 3.0, within(FOUR_DECIMALS));
        assertThat(new Recall(3).measure(ranking("x", "b", "d", "a"), GRADED))
                .isCloseTo(1 / 3.0, within(FOUR_DECIMALS));
    }

    @Test
    void nothingRetrievedIsZero() {
        assertThat(new Ndcg(10).measure(ranking(), GRADED)).isZero();
        assertThat(new Recall(10).measure(ranking(), GRADED)).isZero();
    }

    @Test
    void nothingRelevantIsZero() {
        Judgements none = new Judgements(Map.of("a", 0));

        assertThat(new Ndcg(10).measure(ranking("a"), none)).isZero();
        assertThat(new Recall(10).measure(ranking("a"), none)).isZero();
    }

    @Test
    void equalScoresStandInDescendingOrderOfTheirIds() {
        Ranking ranking = Ranking.byScore(List.of(
                new ScoredDocument("10", 0.5),
                new ScoredDocument("9", 0.5),
                new ScoredDocument("a", 0.7),
                new ScoredDocument("b", -0.1)));

        assertThat(ranking.documents()).containsExactly("a", "9", "10", "b");
    }

    @Test
    void aDocumentRetrievedTwiceCountsAtItsBestScore() {
        Ranking ranking = Ranking.byScore(
                List.of(new ScoredDocument("a", 0.1), new ScoredDocument("b", 0.5), new ScoredDocument("a", 0.9)));

        assertThat(ranking.documents()).containsExactly("a", "b");
    }

    @Test
    void aCutoffIsAtLeastOne() {
        assertThatThrownBy(() -> new Ndcg(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Recall(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesSayTheCutoff() {
        assertThat(new Ndcg(10).name()).isEqualTo("ndcg@10");
        assertThat(new Recall(100).name()).isEqualTo("recall@100");
    }

    @Property
    void movingABetterDocumentUpNeverLowersNdcg(
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 3) Integer> grades,
            @ForAll @IntRange(max = 10) int at) {
        int position = at % (grades.size() - 1);
        List<String> documents =
                IntStream.range(0, grades.size()).mapToObj(Integer::toString).toList();
        Judgements judgements = new Judgements(
                documents.stream().collect(Collectors.toMap(id -> id, id -> grades.get(Integer.parseInt(id)))));
        List<String> swapped = new ArrayList<>(documents);
        Collections.swap(swapped, position, position + 1);
        boolean betterFirst = grades.get(position) >= grades.get(position + 1);

        double before = new Ndcg(5).measure(new Ranking(betterFirst ? documents : swapped), judgements);
        double after = new Ndcg(5).measure(new Ranking(betterFirst ? swapped : documents), judgements);

        assertThat(before).isGreaterThanOrEqualTo(after).isBetween(0.0, 1.0 + 1e-12);
    }

    private static Ranking ranking(String... documents) {
        return new Ranking(List.of(documents));
    }
}
