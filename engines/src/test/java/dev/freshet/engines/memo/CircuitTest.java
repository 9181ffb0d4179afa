package dev.freshet.engines.memo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final Circuit circuit = new Circuit(() -> now);

    @Test
    void aFewFailuresInARowBeginAPause() {
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.failed()).isTrue();

        assertThat(circuit.admits()).isFalse();
    }

    @Test
    void failuresThatAreFarBetweenDoNot() {
        for (int i = 0; i < 10; i++) {
            circuit.failed();
            circuit.failed();
            circuit.succeeded();
        }

        assertThat(circuit.admits()).isTrue();
    }

    @Test
    void afterThePauseOneTriesForAll() {
        pause();
        now = now.plusSeconds(1);

        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.admits()).isFalse();
        assertThat(circuit.succeeded()).isTrue();
        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.succeeded()).isFalse();
    }

    @Test
    void everyTrialThatFailsDoublesThePauseUpToAMinute() {
        pause();
        Duration expected = Duration.ofSeconds(1);
        for (int i = 0; i < 10; i++) {
            now = now.plus(expected).minusMillis(1);
            assertThat(circuit.admits()).isFalse();
            now = now.plusMillis(1);
            assertThat(circuit.admits()).isTrue();
            assertThat(circuit.failed()).isTrue();
            expected = expected.multipliedBy(2);
            if (expected.compareTo(Duration.ofMinutes(1)) > 0) {
                expected = Duration.ofMinutes(1);
            }
        }
    }

    @Test
    void failuresOfThoseThatWereAskedBeforeDoNotProlongThePause() {
        pause();

        assertThat(circuit.failed()).isFalse();
        now = now.plusSeconds(1);
        assertThat(circuit.admits()).isTrue();
    }

    private void pause() {
        circuit.failed();
        circuit.failed();
        circuit.failed();
    }
}
