package dev.freshet.query.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.search.Facets;
import dev.freshet.query.input.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Understands the keys and values of filters. */
final class FilterValues {
    static final String KEYS = "A metadata key has 1 to 64 letters, digits, '_', '.' or '-'.";

    private static final int MOST_VALUES = 100;
    private static final int LONGEST_VALUE = 512;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Violations violations;

    FilterValues(Violations violations) {
        this.violations = violations;
    }

    static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    /** One value, or those of a list; of what is no list, one at least. */
    List<String> some(String pointer, JsonNode value) {
        return value.isArray() ? list(pointer, value) : List.of(scalar(pointer, value));
    }

    List<String> list(String pointer, JsonNode list) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_VALUES) {
            violations.add(pointer, "A list of values has 1 to %d of them.".formatted(MOST_VALUES));
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            values.add(scalar(pointer + "/" + i, list.get(i)));
        }
        return values;
    }

    String scalar(String pointer, JsonNode value) {
        String text = Facets.valueOf(value);
        if (text == null) {
            violations.add(pointer, "A filter's value must be a string, a number, a boolean, or a list of these.");
            return "";
        }
        if (text.length() > LONGEST_VALUE) {
            violations.add(pointer, "A filter's value must have %d characters at most.".formatted(LONGEST_VALUE));
            return "";
        }
        return text;
    }
}
