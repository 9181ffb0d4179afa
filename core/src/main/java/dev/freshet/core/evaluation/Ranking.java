package dev.freshet.core.evaluation;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The documents that a query retrieved, best first, each once.
 *
 * @param documents their ids
 */
public record Ranking(List<String> documents) {
    // Documents with equal scores stand in descending order of their ids, as trec_eval has them.
    private static final Comparator<ScoredDocument> TREC_EVAL = Comparator.comparingDouble(ScoredDocument::score)
            .thenComparing(ScoredDocument::id)
            .reversed();

    public Ranking {
        Set<String> distinct = new LinkedHashSet<>(documents);
        documents = List.copyOf(distinct);
    }

    /**
     * Ranks by score, as trec_eval does whatever order the documents come in; a document that was retrieved more
     * than once counts at its best score.
     */
    public static Ranking byScore(List<ScoredDocument> retrieved) {
        return new Ranking(
                retrieved.stream().sorted(TREC_EVAL).map(ScoredDocument::id).toList());
    }

    /** The best {@code cutoff} documents, or all if there are fewer. */
    List<String> top(int cutoff) {
        return documents.subList(0, Math.min(cutoff, documents.size()));
    }
}
