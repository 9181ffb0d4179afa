package dev.freshet.core.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys under which a document has a facet, for filters that ask no more than whether it has one. */
public final class FacetKeys {
    private FacetKeys() {}

    /** Those of {@link Facets#of(JsonNode, String)}, each once. */
    public static List<String> of(JsonNode metadata, @Nullable String language) {
        List<String> keys = new ArrayList<>();
        for (var property : metadata.properties()) {
            if (hasFacet(property.getValue())) {
                keys.add(property.getKey());
            }
        }
        if (language != null && !metadata.has(Facets.LANGUAGE)) {
            keys.add(Facets.LANGUAGE);
        }
        return List.copyOf(keys);
    }

    private static boolean hasFacet(JsonNode value) {
        if (!value.isArray()) {
            return Facets.valueOf(value) != null;
        }
        for (JsonNode element : value) {
            if (Facets.valueOf(element) != null) {
                return true;
            }
        }
        return false;
    }
}
