package dev.freshet.engines.embedding.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "30|30",
                "0.5|1",
                "99999|600",
                "-1|0",
                "soon|0",
                "Sat, 31 Jan 2026 12:01:00 GMT|60",
                "Sat, 31 Jan 2026 11:59:00 GMT|0",
                "Sun, 31 Jan 2027 12:00:00 GMT|600"
            })
    void secondsAndDatesAreTimesFromNow(String header, long seconds) {
        assertThat(RetryAfter.of(Headers.of("Retry-After", header), NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aDateIsByTheClockOfTheProvider() {
        Headers headers =
                Headers.of("Date", "Sat, 31 Jan 2026 13:00:00 GMT", "Retry-After", "Sat, 31 Jan 2026 13:00:05 GMT");

        assertThat(RetryAfter.of(headers, NOW)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void withoutTheHeaderThereIsNoTime() {
        assertThat(RetryAfter.of(Headers.of(), NOW)).isZero();
    }
}
