package dev.freshet.core.search;

import java.util.List;

/** What became of one leg of a {@link DocumentSearch}. */
public sealed interface DocumentsOutcome {
    /** Of the query. */
    String name();

    Leg leg();

    /**
     * The leg answered.
     *
     * @param documents best first
     */
    record Found(String name, Leg leg, List<ScoredDocument> documents) implements DocumentsOutcome {
        public Found {
            documents = List.copyOf(documents);
        }
    }

    /**
     * The leg did not answer.
     *
     * @param reason in words, for the operator; never query text
     */
    record Failed(String name, Leg leg, String reason) implements DocumentsOutcome {}

    /** A document with the score of the leg that found it. */
    record ScoredDocument(String documentId, double score) {}
}
