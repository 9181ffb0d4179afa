package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeanDifferenceTest {
    private static final List<Double> ONES = normal(1, 400, 0.3);
    private static final List<Double> OTHERS = normal(2, 400, 0.2);

    @Test
    void equalValuesDifferByNothing() {
        assertThat(MeanDifference.of(ONES, ONES)).isEqualTo(new MeanDifference(0, 0, 0));
    }

    @Test
    void theSameValuesGiveTheSameAnswer() {
        assertThat(MeanDifference.of(ONES, OTHERS)).isEqualTo(MeanDifference.of(ONES, OTHERS));
    }

    /** By the central limit theorem: 1.96 standard errors on either side. */
    @Test
    void theIntervalIsAboutThatOfTheNormalDistribution() {
        MeanDifference difference = MeanDifference.of(ONES, OTHERS);
        double deviation = deviation(difference.mean());
        double half = 1.96 * deviation / Math.sqrt(ONES.size());

        assertThat(difference.mean()).isCloseTo(0.1, within(0.2));
        assertThat(difference.low()).isCloseTo(difference.mean() - half, within(0.1 * half));
        assertThat(difference.high()).isCloseTo(difference.mean() + half, within(0.1 * half));
    }

    @Test
    void pairsCountAndNotTheSpreadOfTheValues() {
        List<Double> more = ONES.stream().map(value -> value + 0.25).toList();

        MeanDifference difference = MeanDifference.of(more, ONES);

        assertThat(difference.low()).isCloseTo(0.25, within(1e-9));
        assertThat(difference.high()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void aSinglePairHasNoSpread() {
        assertThat(MeanDifference.of(List.of(0.5), List.of(0.25))).isEqualTo(new MeanDifference(0.25, 0.25, 0.25));
    }

    @Test
    void signsAreSaid() {
        assertThat(new MeanDifference(0.0125, -0.003, 0.0271)).hasToString("+0.0125 (-0.0030 to +0.0271)");
    }

    @Test
    void valuesWithoutPartnersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> MeanDifference.of(List.of(1.0, 2.0), List.of(1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> MeanDifference.of(List.of(), List.of()));
    }

    private static double deviation(double mean) {
        return Math.sqrt(IntStream.range(0, ONES.size())
                .mapToDouble(i -> Math.pow(ONES.get(i) - OTHERS.get(i) - mean, 2))
                .average()
                .orElseThrow());
    }

    private static List<Double> normal(long seed, int count, double mean) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(() -> mean + random.nextGaussian())
                .limit(count)
                .boxed()
                .toList();
    }
}
