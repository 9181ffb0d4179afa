package dev.freshet.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentRateTest {
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final RecentRate rate = new RecentRate(() -> now);

    @Test
    void itIsTheShareOfHits() {
        assertThat(rate.value()).isZero();

        rate.add(true);
        rate.add(true);
        rate.add(true);
        rate.add(false);

        assertThat(rate.value()).isEqualTo(0.75);
    }

    @Test
    void whatIsOlderThanFiveMinutesNoLongerCounts() {
        rate.add(true);
        now = now.plus(Duration.ofMinutes(4));
        rate.add(false);
        assertThat(rate.value()).isEqualTo(0.5);

        now = now.plus(Duration.ofMinutes(1));
        assertThat(rate.value()).isZero();
        rate.add(true);
        assertThat(rate.value()).isEqualTo(0.5);
        now = now.plus(Duration.ofHours(1));
        assertThat(rate.value()).isZero();
    }
}
