package dev.freshet.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final RestartPolicy policy = new RestartPolicy();

    @Test
    void waitsLongerAfterEveryDeathAndGivesUpAfterTheFifth() {
        assertThat(policy.died(start)).contains(Duration.ofMillis(500));
        assertThat(policy.died(start.plusSeconds(1))).contains(Duration.ofSeconds(1));
        assertThat(policy.died(start.plusSeconds(3))).contains(Duration.ofSeconds(2));
        assertThat(policy.died(start.plusSeconds(6))).contains(Duration.ofSeconds(4));
        assertThat(policy.died(start.plusSeconds(11))).contains(Duration.ofSeconds(8));
        assertThat(policy.died(start.plusSeconds(20))).isEmpty();
    }

    @Test
    void forgetsDeathsOfLongAgo() {
        for (int i = 0; i < 5; i++) {
            assertThat(policy.died(start.plusSeconds(i))).isPresent();
        }
        assertThat(policy.died(start.plus(Duration.ofMinutes(10)))).contains(Duration.ofMillis(500));
    }
}
