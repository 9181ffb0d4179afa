package dev.freshet.core.search;

import java.util.List;

/** A condition on a document's metadata, or on what is said of a chunk. The filters of a query must all hold. */
public sealed interface Filter {
    /** The metadata key has this value, or has it among its values. Values are compared as {@link Facets} writes them. */
    record Equal(String key, String value) implements Filter {}

    /** The metadata key has one of these values. */
    record AnyOf(String key, List<String> values) implements Filter {
        public AnyOf {
            values = List.copyOf(values);
        }
    }

    /** What is said of the chunk has one of these values. */
    record OfChunk(ChunkField field, List<String> values) implements Filter {
        public OfChunk {
            values = List.copyOf(values);
        }
    }
}
