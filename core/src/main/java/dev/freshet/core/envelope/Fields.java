package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.text.CanonicalText;
import org.jspecify.annotations.Nullable;

/** The fields of the native envelope by type. A field that is null counts as left out. */
record Fields(ObjectNode json) {
    private static final int MOST_DIGITS = 18;

    /** Whether the field is there, be it null. */
    boolean names(String field) {
        return json.has(field);
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    @Nullable
    JsonNode get(String field) {
        return has(field) ? json.get(field) : null;
    }

    String requiredText(String field) throws RefusedException {
        String text = text(field);
        if (text == null) {
            throw new RefusedException("missing_" + field, field + " is missing");
        }
        return text;
    }

    @Nullable
    String text(String field) throws RefusedException {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new RefusedException("invalid_" + field, field + " must be a string");
        }
        return CanonicalText.encodable(value.textValue());
    }

    /** @param longest in UTF-16 code units */
    @Nullable
    String text(String field, int longest) throws RefusedException {
        String text = text(field);
        if (text != null && text.length() > longest) {
            throw new RefusedException(
                    "invalid_" + field, "%s must have at most %d characters".formatted(field, longest));
        }
        return text;
    }

    @Nullable
    Long wholeNumber(String field) throws RefusedException {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new RefusedException("invalid_" + field, field + " must be a whole number of at most 53 bits");
        }
        return value.longValue();
    }

    /** A whole number that came as text, in a header or an attribute. */
    static long wholeNumber(String field, String digits) throws RefusedException {
        boolean whole = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (!whole) {
            throw new RefusedException(
                    "invalid_" + field, "the header or attribute " + field + " must be a whole number");
        }
        return Long.parseLong(digits);
    }
}
