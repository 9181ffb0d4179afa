package dev.freshet.core.search;

import java.util.List;
import java.util.Objects;

/** What filters say of documents. */
final class DocumentPart {
    private DocumentPart() {}

    static List<Filter> of(List<Filter> filters) {
        return filters.stream()
                .map(Filter::ofDocuments)
                .filter(Objects::nonNull)
                .map(Filter.class::cast)
                .toList();
    }

    /** Whether the filter is about nothing but documents. */
    static boolean isWhole(Filter filter) {
        return switch (filter) {
            case Filter.OfChunk chunk -> false;
            case Filter.During during -> false;
            case Filter.All all -> all.filters().stream().allMatch(DocumentPart::isWhole);
            case Filter.Any any -> any.filters().stream().allMatch(DocumentPart::isWhole);
            case Filter.Not not -> isWhole(not.filter());
            case Filter.Equal equal -> true;
            case Filter.AnyOf any -> true;
            case Filter.Exists exists -> true;
            case Filter.Within within -> true;
            case Filter.OfDocument of -> true;
        };
    }
}
