package dev.freshet.core.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which documents of a tenant are meant: those that match all of it.
 *
 * @param facets metadata that must be there, as {@code key=value} (see {@link dev.freshet.core.search.Facets})
 * @param idPrefix how the id begins; null for any
 */
public record DocumentFilter(List<String> facets, @Nullable String idPrefix) {
    public DocumentFilter {
        facets = facets == null ? List.of() : facets;
    }
}
