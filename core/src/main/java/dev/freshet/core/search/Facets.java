package dev.freshet.core.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes metadata as {@code key=value} terms, the form in which the index filters it. */
public final class Facets {
    /** Longer facets are not indexed, and no filter can ask for them; in UTF-16 code units. */
    public static final int MAX_LENGTH = 1024;

    // A number with more digits than a double can hold is compared as it is written.
    private static final int MAX_DIGITS = 40;

    private Facets() {}

    /** The key under which the language of a document is found, unless its metadata have the key already. */
    public static final String LANGUAGE = "language";

    /** The facets of a document: those of its metadata, and its language. */
    public static List<String> of(JsonNode metadata, @Nullable String language) {
        List<String> facets = of(metadata);
        if (language == null || metadata.has(LANGUAGE)) {
            return facets;
        }
        List<String> all = new ArrayList<>(facets);
        all.add(of(LANGUAGE, language));
        return all;
    }

    /** One facet for every scalar at the top level of the object and in the arrays there; the rest has none. */
    public static List<String> of(JsonNode metadata) {
        List<String> facets = new ArrayList<>();
        for (var property : metadata.properties()) {
            JsonNode value = property.getValue();
            if (value.isArray()) {
                value.forEach(element -> add(facets, property.getKey(), element));
            } else {
                add(facets, property.getKey(), value);
            }
        }
        return facets.stream().distinct().toList();
    }

    /** The facet of one value. */
    public static String of(String key, String value) {
        return key.replace("\\", "\\\\").replace("=", "\\=") + "=" + value;
    }

    /** A text, number or boolean as facets hold it, so that 1, 1.0 and 1e0 are the same; null for anything else. */
    public static @Nullable String valueOf(JsonNode scalar) {
        return switch (scalar.getNodeType()) {
            case STRING -> scalar.textValue();
            case BOOLEAN -> scalar.asText();
            case NUMBER -> number(scalar);
            default -> null;
        };
    }

    private static void add(List<String> facets, String key, JsonNode scalar) {
        String value = valueOf(scalar);
        if (value != null) {
            facets.add(of(key, value));
        }
    }

    private static String number(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.asText();
        }
        if (!Double.isFinite(number.doubleValue())) {
            return number.asText();
        }
        BigDecimal plain = number.decimalValue().stripTrailingZeros();
        // An exponent could ask for a gigabyte of zeros.
        boolean small = plain.precision() <= MAX_DIGITS && Math.abs(plain.scale()) <= MAX_DIGITS;
        return small ? plain.toPlainString() : plain.toString();
    }
}
