package dev.freshet.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class VersionClockTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00.000001Z");
    private final VersionClock clock = new VersionClock(() -> now);

    @Test
    void aVersionIsTheTimeInMicroseconds() {
        assertThat(clock.next()).isEqualTo(1_767_225_600_000_001L);
    }

    @Test
    void afterALongPauseTheTimeIsTheVersionAgain() {
        long first = clock.next();
        now = now.plusSeconds(60);

        assertThat(clock.next()).isEqualTo(first + 60_000_000);
    }

    @Test
    void versionsRiseWhileTheClockStandsOrStepsBack() {
        long first = clock.next();
        long second = clock.next();
        now = now.minusSeconds(3600);
        long third = clock.next();
        now = now.plusSeconds(7200);

        assertThat(second).isEqualTo(first + 1);
        assertThat(third).isEqualTo(second + 1);
        assertThat(clock.next()).isGreaterThan(third + 1_000_000);
    }
}
