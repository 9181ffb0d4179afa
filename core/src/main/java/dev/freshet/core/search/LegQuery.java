package dev.freshet.core.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one leg is asked. */
public sealed interface LegQuery {
    /** Tells the legs of one query apart: {@code vector}, or {@code vector:2} where a second wording asks. */
    String name();

    Leg leg();

    /** How many chunks the leg returns at most. */
    int depth();

    /**
     * The chunks whose vectors are nearest to this one.
     *
     * @param effort the least number of candidates that the graph's search keeps (ef); as many as the depth at least
     */
    @SuppressWarnings("ArrayRecordComponent") // a vector; never compared
    record Nearest(String name, float[] vector, int depth, int effort) implements LegQuery {
        /** With no more effort than the depth asks for. */
        public Nearest(float[] vector, int depth) {
            this(Leg.VECTOR.label(), vector, depth, depth);
        }

        @Override
        public Leg leg() {
            return Leg.VECTOR;
        }
    }

    /**
     * The chunks that share words with the text.
     *
     * @param text plain text: it has no syntax
     * @param language of the text, as an ISO 639 code: documents of that language are matched by its inflections; null where it is not known
     */
    record Keywords(
            String name,
            String text,
            int depth,
            KeywordOptions options,
            @Nullable String language) implements LegQuery {
        /** Where every word counts the same. */
        public Keywords(String text, int depth) {
            this(Leg.KEYWORD.label(), text, depth, KeywordOptions.NONE, null);
        }

        @Override
        public Leg leg() {
            return Leg.KEYWORD;
        }
    }

    /**
     * The chunks of documents that these words describe.
     *
     * @param text plain text: it has no syntax
     * @param entities as {@link dev.freshet.core.describe.ChunkMetadata} has them: a chunk that has one is found too
     * @param preferred a document for which one of them holds is found too
     */
    record About(String name, String text, List<String> entities, List<Filter> preferred, int depth)
            implements LegQuery {
        public About {
            entities = List.copyOf(entities);
            preferred = List.copyOf(preferred);
        }

        @Override
        public Leg leg() {
            return Leg.METADATA;
        }
    }
}
