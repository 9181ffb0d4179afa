package dev.freshet.engines.embedding.openai;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** When the provider wants to be asked again (RFC 9110, 10.2.3). */
final class RetryAfter {
    /** A provider that names a longer time is asked once in this time nevertheless. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** Fractions are not in the standard, but in the field. */
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,9})(\\.[0-9]+)?");

    private RetryAfter() {}

    /** Zero where the header is missing, or is none. */
    static Duration of(Headers headers, Instant now) {
        String value = headers.get("Retry-After");
        if (value == null) {
            return Duration.ZERO;
        }
        var seconds = SECONDS.matcher(value.strip());
        if (seconds.matches()) {
            long whole = Long.parseLong(seconds.group(1));
            return bounded(Duration.ofSeconds(seconds.group(2) == null ? whole : whole + 1));
        }
        Instant then = date(value);
        if (then == null) {
            return Duration.ZERO;
        }
        // By the provider's own clock where it tells: ours may be wrong.
        Instant theirs = date(headers.get("Date"));
        return bounded(Duration.between(theirs == null ? now : theirs, then));
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
