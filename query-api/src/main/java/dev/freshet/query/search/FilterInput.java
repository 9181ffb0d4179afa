package dev.freshet.query.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.search.Facets;
import dev.freshet.core.search.Filter;
import dev.freshet.query.input.ObjectReader;
import dev.freshet.query.input.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Understands the filters of a search: metadata keys with a value, or a list of values of which one must be there. */
final class FilterInput {
    private static final String FIELD = "filters";
    private static final int MOST_FILTERS = 20;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_VALUE = 512;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Violations violations;

    private FilterInput(Violations violations) {
        this.violations = violations;
    }

    static List<Filter> read(ObjectReader fields, Violations violations) {
        JsonNode filters = fields.value(FIELD);
        if (filters == null) {
            return List.of();
        }
        if (!filters.isObject() || filters.size() > MOST_FILTERS) {
            fields.refuse(FIELD, "must be an object of at most %d keys".formatted(MOST_FILTERS));
            return List.of();
        }
        FilterInput input = new FilterInput(violations);
        List<Filter> read = new ArrayList<>();
        for (var filter : filters.properties()) {
            input.read(filter.getKey(), filter.getValue(), read);
        }
        return read;
    }

    private void read(String key, JsonNode value, List<Filter> into) {
        String pointer = "/" + FIELD + ObjectReader.pointer(key);
        if (!KEY.matcher(key).matches()) {
            violations.add(pointer, "A metadata key has 1 to 64 letters, digits, '_', '.' or '-'.");
            return;
        }
        if (!value.isArray()) {
            into.add(new Filter.Equal(key, scalar(pointer, value)));
            return;
        }
        if (value.isEmpty() || value.size() > MOST_VALUES) {
            violations.add(pointer, "A list of values has 1 to %d of them.".formatted(MOST_VALUES));
            return;
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            values.add(scalar(pointer + "/" + i, value.get(i)));
        }
        into.add(new Filter.AnyOf(key, values));
    }

    private String scalar(String pointer, JsonNode value) {
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
