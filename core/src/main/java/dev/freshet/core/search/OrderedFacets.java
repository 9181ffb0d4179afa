package dev.freshet.core.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes the numbers and dates of metadata as terms whose order as strings is their order as values: {@code key=n:} or {@code key=t:}
 * and 16 hexadecimal digits. One keyword field takes ranges over any key.
 */
public final class OrderedFacets {
    /** What can be put in order; values of two kinds have none among each other. */
    public enum Kind {
        NUMBER("n:"),
        TIME("t:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * A value that has a place in an order.
     *
     * @param digits 16, in the order of the values of its kind
     */
    public record Bound(Kind kind, String digits) {}

    /** A date, with or without a time; what is behind the T is left to the parser. */
    private static final Pattern TIME = Pattern.compile("[+-]?\\d{4,9}-\\d{2}-\\d{2}([Tt].{1,40})?");

    private static final String LEAST = "0".repeat(16);
    private static final String GREATEST = "f".repeat(16);

    private OrderedFacets() {}

    /** One term for every number and date at the top level of the object and in the arrays there; the rest has none. */
    public static List<String> of(JsonNode metadata) {
        Set<String> terms = new LinkedHashSet<>();
        for (var property : metadata.properties()) {
            String key = property.getKey();
            JsonNode value = property.getValue();
            if (value.isArray()) {
                value.forEach(element -> bound(element).ifPresent(bound -> terms.add(term(key, bound))));
            } else {
                bound(value).ifPresent(bound -> terms.add(term(key, bound)));
            }
        }
        return List.copyOf(terms);
    }

    /**
     * A number as the double nearest to it; or an ISO 8601 date, which is its midnight in UTC, or date and time with an offset, to the
     * millisecond.
     *
     * @return empty for anything else, and for a number that no double comes near
     */
    public static Optional<Bound> bound(JsonNode scalar) {
        return switch (scalar.getNodeType()) {
            case NUMBER -> number(scalar.doubleValue());
            case STRING -> time(scalar.textValue());
            default -> Optional.empty();
        };
    }

    /** The term of a value. */
    public static String term(String key, Bound bound) {
        return term(key, bound.kind(), bound.digits());
    }

    /** The least term that a value of the key and kind can have. */
    public static String first(String key, Kind kind) {
        return term(key, kind, LEAST);
    }

    /** The greatest term that a value of the key and kind can have. */
    public static String last(String key, Kind kind) {
        return term(key, kind, GREATEST);
    }

    private static String term(String key, Kind kind, String digits) {
        return Facets.of(key, kind.prefix + digits);
    }

    private static Optional<Bound> number(double value) {
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        // As numbers, 0 and -0 are equal.
        long bits = Double.doubleToLongBits(value == 0 ? 0 : value);
        // Of negative numbers, the larger magnitude is the smaller value.
        return Optional.of(new Bound(Kind.NUMBER, digits(bits < 0 ? bits ^ Long.MAX_VALUE : bits)));
    }

    private static Optional<Bound> time(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Bound(Kind.TIME, digits(instant(text).toEpochMilli())));
        } catch (DateTimeException | ArithmeticException e) {
            // No such day, or one whose milliseconds no long can count.
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        return text.indexOf('T') < 0 && text.indexOf('t') < 0
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    /** In the order of signed numbers. */
    private static String digits(long signed) {
        return HexFormat.of().toHexDigits(signed ^ Long.MIN_VALUE);
    }
}
