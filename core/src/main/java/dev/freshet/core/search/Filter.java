package dev.freshet.core.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a document, its metadata, or what is said of a chunk. The filters of a query must all hold. */
public sealed interface Filter {
    /** The metadata key has this value, or has it among its values. Values are compared as {@link Facets} writes them. */
    record Equal(String key, String value) implements Filter {}

    /** The metadata key has one of these values. */
    record AnyOf(String key, List<String> values) implements Filter {
        public AnyOf {
            values = List.copyOf(values);
        }
    }

    /** The metadata key has a value, other than an object. */
    record Exists(String key) implements Filter {}

    /** A value of the metadata key is a number or a time within these bounds, of which at least one is there. */
    record Within(
            String key, @Nullable Bound from, @Nullable Bound to) implements Filter {}

    /** The document's own field has one of these values. */
    record OfDocument(DocumentField field, List<String> values) implements Filter {
        public OfDocument {
            values = List.copyOf(values);
        }
    }

    /** What is said of the chunk has one of these values. */
    record OfChunk(ChunkField field, List<String> values) implements Filter {
        public OfChunk {
            values = List.copyOf(values);
        }
    }

    /** It happened within these bounds, of which at least one is there. */
    record During(
            TimeField field,
            @Nullable Instant from,
            boolean fromIncluded,
            @Nullable Instant to,
            boolean toIncluded) implements Filter {}

    /** All hold; none has to, where there are none. */
    record All(List<Filter> filters) implements Filter {
        public All {
            filters = List.copyOf(filters);
        }
    }

    /** At least one holds. */
    record Any(List<Filter> filters) implements Filter {
        public Any {
            filters = List.copyOf(filters);
        }
    }

    /** It does not hold. */
    record Not(Filter filter) implements Filter {}

    /**
     * An end of {@link Within}.
     *
     * @param value of one kind at both ends
     */
    record Bound(OrderedFacets.Bound value, boolean included) {}

    /**
     * What the filter says of documents, for a search that knows no chunks: a filter that holds wherever this one holds for some chunk. Null
     * where that is nothing.
     */
    default @Nullable Filter ofDocuments() {
        return switch (this) {
            case OfChunk chunk -> null;
            case During during -> null;
            case All all -> {
                List<Filter> parts = DocumentPart.of(all.filters());
                yield parts.isEmpty() ? null : new All(parts);
            }
            case Any any -> {
                List<Filter> parts = DocumentPart.of(any.filters());
                yield parts.size() < any.filters().size() ? null : new Any(parts);
            }
            // What part of a filter excludes says nothing of what the whole of it does.
            case Not not -> DocumentPart.isWhole(not.filter()) ? not : null;
            case Equal equal -> equal;
            case AnyOf any -> any;
            case Exists exists -> exists;
            case Within within -> within;
            case OfDocument of -> of;
        };
    }
}
