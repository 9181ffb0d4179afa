package dev.freshet.core.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private final Freshness freshness = new Freshness(NOW, Duration.ofDays(30));

    @Test
    void itHalvesWithEveryHalfLife() {
        assertThat(freshness.of(NOW)).isEqualTo(1);
        assertThat(freshness.of(NOW.minus(Duration.ofDays(30)))).isCloseTo(0.5, within(1e-12));
        assertThat(freshness.of(NOW.minus(Duration.ofDays(90)))).isCloseTo(0.125, within(1e-12));
    }

    @Test
    void theFutureIsNewAndTheUnknownIsNot() {
        assertThat(freshness.of(NOW.plus(Duration.ofDays(9)))).isEqualTo(1);
        assertThat(freshness.of(null)).isZero();
        assertThat(freshness.of(Instant.MIN)).isZero();
    }
}
