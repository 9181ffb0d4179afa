package dev.freshet.query.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.search.ChunkField;
import dev.freshet.core.search.Filter;
import dev.freshet.query.input.ObjectReader;
import dev.freshet.query.input.Violations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Understands the filters of a search: {@code filter}, an expression ({@link FilterExpression}); and two short forms, metadata keys and names of
 * what is said of chunks, each with a value, or a list of values of which one must be there.
 */
final class FilterInput {
    private static final String EXPRESSION = "filter";
    private static final String OF_DOCUMENTS = "filters";
    private static final String OF_CHUNKS = "chunk_filters";
    private static final int MOST_FILTERS = 20;

    private final ObjectReader fields;
    private final Violations violations;
    private final FilterValues values;
    private final List<Filter> filters = new ArrayList<>();

    private FilterInput(ObjectReader fields, Violations violations) {
        this.fields = fields;
        this.violations = violations;
        this.values = new FilterValues(violations);
    }

    static List<Filter> read(ObjectReader fields, Violations violations) {
        FilterInput input = new FilterInput(fields, violations);
        JsonNode expression = fields.value(EXPRESSION);
        if (expression != null) {
            input.filters.add(FilterExpression.read(ObjectReader.pointer(EXPRESSION), expression, violations));
        }
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
        if (!FilterValues.isKey(key)) {
            violations.add(pointer, FilterValues.KEYS);
            return;
        }
        List<String> read = values.some(pointer, value);
        filters.add(value.isArray() ? new Filter.AnyOf(key, read) : new Filter.Equal(key, read.getFirst()));
    }

    private void ofChunk(String pointer, String key, JsonNode value) {
        ChunkField field = chunkField(key);
        if (field != null) {
            filters.add(new Filter.OfChunk(field, values.some(pointer, value)));
            return;
        }
        violations.add(
                pointer,
                "Chunks can be filtered by "
                        + Arrays.stream(ChunkField.values())
                                .map(ChunkField::label)
                                .collect(Collectors.joining(", ")) + ".");
    }

    static @Nullable ChunkField chunkField(String label) {
        for (ChunkField field : ChunkField.values()) {
            if (field.label().equals(label)) {
                return field;
            }
        }
        return null;
    }
}
