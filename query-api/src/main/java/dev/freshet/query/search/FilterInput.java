package dev.freshet.query.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.search.ChunkField;
import dev.freshet.core.search.Facets;
import dev.freshet.core.search.Filter;
import dev.freshet.query.input.ObjectReader;
import dev.freshet.query.input.Violations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Understands the filters of a search: metadata keys, and names of what is said of chunks, each with a value, or a list of values of which
 * one must be there.
 */
final class FilterInput {
    private static final String OF_DOCUMENTS = "filters";
    private static final String OF_CHUNKS = "chunk_filters";
    private static final int MOST_FILTERS = 20;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_VALUE = 512;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final ObjectReader fields;
    private final Violations violations;
    private final List<Filter> filters = new ArrayList<>();

    private FilterInput(ObjectReader fields, Violations violations) {
        this.fields = fields;
        this.violations = violations;
    }

    static List<Filter> read(ObjectReader fields, Violations violations) {
        FilterInput input = new FilterInput(fields, violations);
        input.read(OF_DOCUMENTS, input::ofDocument);
        input.read(OF_CHUNKS, input::ofChunk);
        return input.filters;
    }

    private interface FilterReader {
        void read(String pointer, String key, JsonNode value);
    }

    private void read(String field, FilterReader reader) {
        JsonNode stated = fields.value(field);
        if (stated == null) {
            return;
        }
        if (!stated.isObject() || stated.size() > MOST_FILTERS) {
            fields.refuse(field, "must be an object of at most %d keys".formatted(MOST_FILTERS));
            return;
        }
        for (var filter : stated.properties()) {
            String pointer = ObjectReader.pointer(field) + ObjectReader.pointer(filter.getKey());
            reader.read(pointer, filter.getKey(), filter.getValue());
        }
    }

    private void ofDocument(String pointer, String key, JsonNode value) {
        if (!KEY.matcher(key).matches()) {
            violations.add(pointer, "A metadata key has 1 to 64 letters, digits, '_', '.' or '-'.");
            return;
        }
        List<String> values = values(pointer, value);
        filters.add(value.isArray() ? new Filter.AnyOf(key, values) : new Filter.Equal(key, values.getFirst()));
    }

    private void ofChunk(String pointer, String key, JsonNode value) {
        for (ChunkField field : ChunkField.values()) {
            if (field.label().equals(key)) {
                filters.add(new Filter.OfChunk(field, values(pointer, value)));
                return;
            }
        }
        violations.add(
                pointer,
                "Chunks can be filtered by "
                        + Arrays.stream(ChunkField.values())
                                .map(ChunkField::label)
                                .collect(Collectors.joining(", ")) + ".");
    }

    /** One value at least, where it is none of a list. */
    private List<String> values(String pointer, JsonNode value) {
        if (!value.isArray()) {
            return List.of(scalar(pointer, value));
        }
        if (value.isEmpty() || value.size() > MOST_VALUES) {
            violations.add(pointer, "A list of values has 1 to %d of them.".formatted(MOST_VALUES));
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            values.add(scalar(pointer + "/" + i, value.get(i)));
        }
        return values;
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
