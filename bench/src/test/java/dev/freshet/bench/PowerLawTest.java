package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PowerLawTest {
    @Test
    void theExponentIsThatOfTheLaw() {
        assertThat(PowerLaw.exponent(List.of(10, 100, 1000), List.of(2.0, 20.0, 200.0)))
                .isCloseTo(1, within(1e-9));
        assertThat(PowerLaw.exponent(List.of(10, 100, 1000), List.of(3.0, 3.0, 3.0)))
                .isCloseTo(0, within(1e-9));
        assertThat(PowerLaw.exponent(List.of(1, 4, 16), List.of(5.0, 10.0, 20.0)))
                .isCloseTo(0.5, within(1e-9));
    }
}
