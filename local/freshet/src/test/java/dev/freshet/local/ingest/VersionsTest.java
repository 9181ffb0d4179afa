package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VersionsTest {

    @Test
    void areMicrosecondsAndAlwaysIncreaseEvenWhenTheClockDoesNot() {
        Instant[] clock = {Instant.parse("2026-01-01T00:00:00.000001Z")};
        Versions versions = Versions.following(() -> clock[0]);
        long first = versions.next();
        assertThat(first).isEqualTo(1_767_225_600_000_001L);
        assertThat(versions.next()).isEqualTo(first + 1);
        clock[0] = clock[0].minusSeconds(60);
        assertThat(versions.next()).isEqualTo(first + 2);
        clock[0] = clock[0].plusSeconds(120);
        assertThat(versions.next()).isEqualTo(first + 60_000_000);
    }
}
