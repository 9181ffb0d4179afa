package dev.freshet.core.search;

/** What one leg is asked. */
public sealed interface LegQuery {
    Leg leg();

    /** How many chunks the leg returns at most. */
    int depth();

    /** The chunks whose vectors are nearest to this one. */
    @SuppressWarnings("ArrayRecordComponent") // a vector; never compared
    record Nearest(float[] vector, int depth) implements LegQuery {
        @Override
        public Leg leg() {
            return Leg.VECTOR;
        }
    }

    /**
     * The chunks that share words with the text.
     *
     * @param text plain text: it has no syntax
     */
    record Keywords(String text, int depth) implements LegQuery {
        @Override
        public Leg leg() {
            return Leg.KEYWORD;
        }
    }
}
