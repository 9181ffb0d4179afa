package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.search.Facets;
import dev.freshet.core.text.CanonicalText;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filter of a delete. Where anything about it is unclear, it is refused: it must never match more than was meant. */
final class DocumentFilters {
    private static final String REASON = "invalid_filter";
    private static final Set<String> CONDITIONS = Set.of("metadata", "id_prefix");

    private DocumentFilters() {}

    static DocumentFilter read(@Nullable JsonNode json) throws RefusedException {
        if (json == null) {
            throw new RefusedException("missing_filter", "filter is missing");
        }
        if (!(json instanceof ObjectNode filter) || filter.isEmpty()) {
            throw refused("filter must be an object with metadata, id_prefix or both");
        }
        for (var condition : filter.properties()) {
            if (!CONDITIONS.contains(condition.getKey())) {
                // To overlook a condition would delete more than was meant.
                throw refused("filter has a condition that Freshet does not know; it knows metadata and id_prefix");
            }
        }
        return new DocumentFilter(
                filter.has("metadata") ? facets(filter.path("metadata")) : List.of(),
                filter.has("id_prefix") ? idPrefix(filter.path("id_prefix")) : null);
    }

    private static List<String> facets(JsonNode metadata) throws RefusedException {
        if (!metadata.isObject() || metadata.isEmpty()) {
            throw refused("metadata of filter must be an object of one key at least");
        }
        for (JsonNode value : metadata) {
            if (!value.isValueNode() || value.isNull()) {
                throw refused("a metadata value of filter must be a string, a number or a boolean");
            }
            if (value.isTextual()
                    && CanonicalText.encodable(value.textValue()).indexOf(CanonicalText.REPLACEMENT) >= 0) {
                throw refused("a metadata value of filter must not contain U+FFFD or lone surrogates");
            }
        }
        Metadata.canonical(metadata);
        List<String> facets = Facets.of(metadata).stream().sorted().toList();
        if (facets.stream().anyMatch(facet -> facet.length() > Facets.MAX_LENGTH)) {
            throw refused("key and value of a metadata condition must have less than %d characters"
                    .formatted(Facets.MAX_LENGTH));
        }
        return facets;
    }

    private static String idPrefix(JsonNode prefix) throws RefusedException {
        if (!prefix.isTextual() || !Names.isIdPrefix(CanonicalText.encodable(prefix.textValue()))) {
            throw refused("id_prefix of filter must be the beginning of an id");
        }
        return prefix.textValue();
    }

    private static RefusedException refused(String message) {
        return new RefusedException(REASON, message);
    }
}
