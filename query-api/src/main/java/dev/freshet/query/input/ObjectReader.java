package dev.freshet.query.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of one JSON object. A field of the wrong shape is noted, and an acceptable value returned in its
 * place, so that the rest is checked as well.
 */
public final class ObjectReader {
    private final ObjectNode object;
    private final Violations violations;

    /**
     * Reads an object, and notes every field that is not known.
     *
     * @param known names of fields
     */
    public ObjectReader(ObjectNode object, Set<String> known, Violations violations) {
        this.object = object;
        this.violations = violations;
        for (var property : object.properties()) {
            if (!known.contains(property.getKey())) {
                violations.add(
                        pointer(property.getKey()),
                        "There is no such field; known are %s.".formatted(String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    /** The value of a field, or null when it is not there or null. */
    public @Nullable JsonNode value(String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** A text, or null when there is none. */
    public @Nullable String text(String field, int longest) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            refuse(field, "must be a string");
            return null;
        }
        if (value.textValue().length() > longest) {
            refuse(field, "must have %,d characters at most".formatted(longest));
            return null;
        }
        return value.textValue();
    }

    /** A text that must be there, with something in it. */
    public String requiredText(String field, int longest) {
        if (value(field) == null) {
            refuse(field, "is missing");
            return "";
        }
        String text = text(field, longest);
        if (text != null && text.isBlank()) {
            refuse(field, "must not be empty");
        }
        return text == null ? "" : text;
    }

    public long integer(String field, long least, long most, long otherwise) {
        return optionalInteger(field, least, most).orElse(otherwise);
    }

    /** A whole number, or nothing when it is not there. */
    public Optional<Long> optionalInteger(String field, long least, long most) {
        JsonNode value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        boolean fits = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
        if (!fits) {
            refuse(field, "must be a whole number from %d to %d".formatted(least, most));
            return Optional.empty();
        }
        return Optional.of(value.longValue());
    }

    public boolean flag(String field, boolean otherwise) {
        JsonNode value = value(field);
        if (value != null && !value.isBoolean()) {
            refuse(field, "must be true or false");
        }
        return value == null ? otherwise : value.booleanValue();
    }

    /** True or false, or null when it is not there. */
    public @Nullable Boolean optionalFlag(String field) {
        return value(field) == null ? null : flag(field, false);
    }

    /** One of these constants by its label. */
    public <E> E choice(String field, E[] choices, Function<E, String> label, E otherwise) {
        JsonNode value = value(field);
        if (value == null) {
            return otherwise;
        }
        for (E choice : choices) {
            if (label.apply(choice).equals(value.textValue())) {
                return choice;
            }
        }
        refuse(
                field,
                "must be one of "
                        + String.join(", ", Arrays.stream(choices).map(label).toList()));
        return otherwise;
    }

    /** Notes that a field cannot be used. */
    public void refuse(String field, String why) {
        violations.add(pointer(field), field + " " + why + ".");
    }

    /** Points at a field of the object. */
    public static String pointer(String field) {
        return "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
