package dev.freshet.query.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.search.ChunkField;
import dev.freshet.core.search.DocumentField;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.OrderedFacets;
import dev.freshet.core.search.TimeField;
import dev.freshet.query.input.ObjectReader;
import dev.freshet.query.input.Violations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands an expression of filters: an object with one operator. {@code equals}, {@code in} and {@code range} have an object of fields, all of
 * which must hold; {@code exists} has a metadata key; {@code and}, {@code or} have lists of expressions, and {@code not} has one. A field is a
 * metadata key, or a name that begins with {@code $}.
 */
final class FilterExpression {
    private static final int DEEPEST = 8;
    private static final int MOST = 100;
    private static final String OPERATORS =
            "An expression is an object with one of equals, in, range, exists, and, or, not.";
    private static final Filter NOTHING = new Filter.All(List.of());
    private static final Set<String> BOUNDS = Set.of("gt", "gte", "lt", "lte");

    private final Violations violations;
    private final FilterValues values;
    private int left = MOST;

    private FilterExpression(Violations violations) {
        this.violations = violations;
        this.values = new FilterValues(violations);
    }

    static Filter read(String pointer, JsonNode expression, Violations violations) {
        return new FilterExpression(violations).read(pointer, expression, 1);
    }

    private Filter read(String pointer, JsonNode expression, int depth) {
        if (depth > DEEPEST || --left < 0) {
            violations.add(
                    pointer, "A filter has at most %d expressions, %d inside one another.".formatted(MOST, DEEPEST));
            return NOTHING;
        }
        if (!expression.isObject() || expression.size() != 1) {
            violations.add(pointer, OPERATORS);
            return NOTHING;
        }
        Map.Entry<String, JsonNode> only = expression.properties().iterator().next();
        String inner = pointer + ObjectReader.pointer(only.getKey());
        JsonNode operand = only.getValue();
        return switch (only.getKey()) {
            case "equals" -> fields(inner, operand, this::equal);
            case "in" -> fields(inner, operand, this::in);
            case "range" -> fields(inner, operand, this::range);
            case "exists" -> exists(inner, operand);
            case "and" -> new Filter.All(expressions(inner, operand, depth));
            case "or" -> new Filter.Any(expressions(inner, operand, depth));
            case "not" -> new Filter.Not(read(inner, operand, depth + 1));
            default -> {
                violations.add(inner, OPERATORS);
                yield NOTHING;
            }
        };
    }

    private List<Filter> expressions(String pointer, JsonNode list, int depth) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST) {
            violations.add(pointer, "It must be a list of 1 to %d expressions.".formatted(MOST));
            return List.of();
        }
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < list.size() && left >= 0; i++) {
            filters.add(read(pointer + "/" + i, list.get(i), depth + 1));
        }
        return filters;
    }

    private interface FieldReader {
        @Nullable
        Filter read(String pointer, String field, JsonNode value);
    }

    private Filter fields(String pointer, JsonNode fields, FieldReader reader) {
        if (!fields.isObject() || fields.isEmpty() || fields.size() > MOST) {
            violations.add(pointer, "It must be an object of 1 to %d fields.".formatted(MOST));
            return NOTHING;
        }
        List<Filter> all = new ArrayList<>();
        for (var field : fields.properties()) {
            Filter filter =
                    reader.read(pointer + ObjectReader.pointer(field.getKey()), field.getKey(), field.getValue());
            if (filter != null) {
                all.add(filter);
            }
        }
        return all.size() == 1 ? all.getFirst() : new Filter.All(all);
    }

    private @Nullable Filter equal(String pointer, String field, JsonNode value) {
        return oneOf(pointer, field, List.of(values.scalar(pointer, value)));
    }

    private @Nullable Filter in(String pointer, String field, JsonNode value) {
        return oneOf(pointer, field, values.list(pointer, value));
    }

    private @Nullable Filter oneOf(String pointer, String field, List<String> of) {
        if (!field.startsWith("$")) {
            if (!FilterValues.isKey(field)) {
                violations.add(pointer, FilterValues.KEYS);
            }
            return of.size() == 1 ? new Filter.Equal(field, of.getFirst()) : new Filter.AnyOf(field, of);
        }
        String name = field.substring(1);
        for (DocumentField known : DocumentField.values()) {
            if (known.label().equals(name)) {
                return new Filter.OfDocument(known, of);
            }
        }
        ChunkField known = FilterInput.chunkField(name);
        if (known != null) {
            return new Filter.OfChunk(known, of);
        }
        violations.add(
                pointer,
                "Fields beside metadata are $document_id, $content_type, $language, $block_types, $code_language, $symbol, $entities; and in ranges $changed_at, $indexed_at.");
        return null;
    }

    private Filter exists(String pointer, JsonNode key) {
        if (!key.isTextual() || !FilterValues.isKey(key.textValue())) {
            violations.add(pointer, FilterValues.KEYS);
            return NOTHING;
        }
        return new Filter.Exists(key.textValue());
    }

    private @Nullable Filter range(String pointer, String field, JsonNode bounds) {
        if (!bounds.isObject() || bounds.isEmpty() || !onlyBounds(bounds)) {
            violations.add(pointer, "A range is an object of gt or gte, lt or lte, or one of each.");
            return null;
        }
        JsonNode from = bounds.has("gte") ? bounds.get("gte") : bounds.get("gt");
        JsonNode to = bounds.has("lte") ? bounds.get("lte") : bounds.get("lt");
        if (field.startsWith("$")) {
            return during(pointer, field.substring(1), bounds, from, to);
        }
        if (!FilterValues.isKey(field)) {
            violations.add(pointer, FilterValues.KEYS);
            return null;
        }
        OrderedFacets.Bound first = bound(pointer, from);
        OrderedFacets.Bound last = bound(pointer, to);
        if ((from != null && first == null) || (to != null && last == null)) {
            return null;
        }
        if (first != null && last != null && first.kind() != last.kind()) {
            violations.add(pointer, "The bounds of a range are two numbers, or two times.");
            return null;
        }
        return new Filter.Within(
                field,
                first == null ? null : new Filter.Bound(first, bounds.has("gte")),
                last == null ? null : new Filter.Bound(last, bounds.has("lte")));
    }

    private static boolean onlyBounds(JsonNode bounds) {
        boolean known = true;
        for (var bound : bounds.properties()) {
            known &= BOUNDS.contains(bound.getKey());
        }
        return known && !(bounds.has("gt") && bounds.has("gte")) && !(bounds.has("lt") && bounds.has("lte"));
    }

    private OrderedFacets.@Nullable Bound bound(String pointer, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        OrderedFacets.Bound bound = OrderedFacets.bound(value).orElse(null);
        if (bound == null) {
            violations.add(
                    pointer,
                    "A bound is a number, or an ISO 8601 date or time with its offset, such as 2026-01-31 or 2026-01-31T12:00:00Z.");
        }
        return bound;
    }

    private @Nullable Filter during(
            String pointer, String name, JsonNode bounds, @Nullable JsonNode from, @Nullable JsonNode to) {
        for (TimeField field : TimeField.values()) {
            if (field.label().equals(name)) {
                Instant first = instant(pointer, from);
                Instant last = instant(pointer, to);
                return new Filter.During(field, first, bounds.has("gte"), last, bounds.has("lte"));
            }
        }
        violations.add(pointer, "Ranges beside those of metadata are of $changed_at and $indexed_at.");
        return null;
    }

    private @Nullable Instant instant(String pointer, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        try {
            String text = value.isTextual() ? value.textValue() : "";
            Instant instant = text.length() == "2026-01-31".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (instant.isAfter(Instant.EPOCH.minusSeconds(SECONDS))
                    && instant.isBefore(Instant.EPOCH.plusSeconds(SECONDS))) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        violations.add(
                pointer,
                "A time is an ISO 8601 date or time with its offset, such as 2026-01-31 or 2026-01-31T12:00:00Z.");
        return null;
    }

    /** What the index can compare: some thousand years from now, there and back. */
    private static final long SECONDS = 200_000_000_000L;
}
