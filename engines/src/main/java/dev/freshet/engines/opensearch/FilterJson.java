package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.search.Facets;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.OrderedFacets;
import dev.freshet.core.search.Visibility;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters as clauses of the engine. Fields and operators are those written here; what a caller states is never more than a value. */
final class FilterJson {
    private FilterJson() {}

    /** All that must hold, in a {@code bool}. */
    static void all(JsonGenerator json, Visibility visibility, List<Filter> filters) throws IOException {
        json.writeArrayFieldStart("filter");
        visible(json, visibility);
        for (Filter filter : filters) {
            clause(json, filter);
        }
        json.writeEndArray();
    }

    /** Tenant and access list, as elements of an array. */
    private static void visible(JsonGenerator json, Visibility visibility) throws IOException {
        term(json, "tenant", visibility.tenant());
        terms(json, "acl", visibility.principals());
    }

    /** One clause, as an element of an array or the value of a field. */
    static void clause(JsonGenerator json, Filter filter) throws IOException {
        switch (filter) {
            case Filter.Equal equal -> term(json, "facets", Facets.of(equal.key(), equal.value()));
            case Filter.AnyOf any ->
                terms(
                        json,
                        "facets",
                        any.values().stream()
                                .map(value -> Facets.of(any.key(), value))
                                .toList());
            case Filter.Exists exists -> term(json, "facet_keys", exists.key());
            case Filter.Within within -> within(json, within);
            case Filter.OfDocument of -> terms(json, of.field().label(), of.values());
            case Filter.OfChunk said -> terms(json, "chunk." + said.field().label(), said.values());
            case Filter.During during -> during(json, during);
            case Filter.All all -> bool(json, "filter", all.filters());
            case Filter.Any any -> bool(json, "should", any.filters());
            case Filter.Not not -> bool(json, "must_not", List.of(not.filter()));
        }
    }

    private static void bool(JsonGenerator json, String occurrence, List<Filter> filters) throws IOException {
        json.writeStartObject();
        if (filters.isEmpty() && occurrence.equals("should")) {
            // The engine takes one of none for all.
            json.writeObjectFieldStart("match_none");
            json.writeEndObject();
            json.writeEndObject();
            return;
        }
        json.writeObjectFieldStart("bool");
        json.writeArrayFieldStart(occurrence);
        for (Filter filter : filters) {
            clause(json, filter);
        }
        json.writeEndArray();
        if (occurrence.equals("should")) {
            json.writeNumberField("minimum_should_match", 1);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void within(JsonGenerator json, Filter.Within within) throws IOException {
        Filter.Bound from = within.from();
        Filter.Bound to = within.to();
        OrderedFacets.Kind kind = from != null
                ? from.value().kind()
                : to == null ? OrderedFacets.Kind.NUMBER : to.value().kind();
        String key = within.key();
        range(
                json,
                "ordered_facets",
                from == null ? OrderedFacets.first(key, kind) : OrderedFacets.term(key, from.value()),
                from == null || from.included(),
                to == null ? OrderedFacets.last(key, kind) : OrderedFacets.term(key, to.value()),
                to == null || to.included());
    }

    private static void during(JsonGenerator json, Filter.During during) throws IOException {
        range(
                json,
                during.field().label(),
                during.from() == null ? null : during.from().toString(),
                during.fromIncluded(),
                during.to() == null ? null : during.to().toString(),
                during.toIncluded());
    }

    private static void range(
            JsonGenerator json,
            String field,
            @Nullable String from,
            boolean fromIncluded,
            @Nullable String to,
            boolean toIncluded)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("range");
        json.writeObjectFieldStart(field);
        if (from != null) {
            json.writeStringField(fromIncluded ? "gte" : "gt", from);
        }
        if (to != null) {
            json.writeStringField(toIncluded ? "lte" : "lt", to);
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    static void term(JsonGenerator json, String field, String value) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("term");
        json.writeStringField(field, value);
        json.writeEndObject();
        json.writeEndObject();
    }

    static void terms(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("terms");
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }
}
