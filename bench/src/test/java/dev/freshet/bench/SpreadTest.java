package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void percentilesAreMeasuredValues() {
        Spread spread = Spread.of(
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());

        assertThat(spread.median()).isEqualTo(50);
        assertThat(spread.percentile(95)).isEqualTo(95);
    }

    @Test
    void aSingleValueIsEveryPercentile() {
        assertThat(Spread.of(List.of(3.0)).percentile(95)).isEqualTo(3);
    }

    @Test
    void textNamesTheMedianAndBothEndsOfWhateverOrder() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0)).text("%.1f")).isEqualTo("2.0 (1.0–3.0)");
    }

    @Test
    void percentilesAreNamedAlsoOfValuesLessTheSame() {
        Spread spread = Spread.of(
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());

        assertThat(spread.percentiles()).isEqualTo("p50 50  p95 95  greatest 100");
        assertThat(spread.less(50).percentiles()).isEqualTo("p50 0  p95 45  greatest 50");
    }

    @Test
    void nothingHasNoSpread() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
