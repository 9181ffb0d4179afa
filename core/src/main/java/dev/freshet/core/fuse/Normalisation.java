package dev.freshet.core.fuse;

import java.util.Locale;

/**
 * Brings the scores of a list to a scale that all lists share, from 0 to 1. A thing that is not in a list has 0 there. Within a list a
 * higher score never becomes a lower one.
 */
public sealed interface Normalisation {
    /** How a name in a profile stands in a formula, such as {@code minmax}. */
    String label();

    /**
     * The normalised score.
     *
     * @param rank of the thing in its list, from 1
     */
    double of(int rank, double score, ListStatistics list);

    /**
     * Where the score lies between the list's lowest and highest; 1 where these are equal (Bruch, Gai, Ingber: An Analysis of Fusion Functions
     * for Hybrid Retrieval, 2023).
     */
    record MinMax() implements Normalisation {
        @Override
        public String label() {
            return "minmax";
        }

        @Override
        public double of(int rank, double score, ListStatistics list) {
            return list.highest() == list.lowest()
                    ? 1
                    : Math.clamp((score - list.lowest()) / (list.highest() - list.lowest()), 0, 1);
        }
    }

    /**
     * How many standard deviations the score is above the list's mean, brought to 0 to 1 by the logistic function; one half where all scores
     * are equal. One far better than the rest does not press these together, as with {@link MinMax}.
     */
    record ZScore() implements Normalisation {
        @Override
        public String label() {
            return "zscore";
        }

        @Override
        public double of(int rank, double score, ListStatistics list) {
            // Of equal scores rounding may leave a deviation.
            double deviations = list.highest() == list.lowest() ? 0 : (score - list.mean()) / list.deviation();
            return 1 / (1 + Math.exp(-deviations));
        }
    }

    /** The share of the list that is not before the thing: 1 for the first, and evenly down (Borda's count). */
    record Rank() implements Normalisation {
        @Override
        public String label() {
            return "rank";
        }

        @Override
        public double of(int rank, double score, ListStatistics list) {
            return (list.size() - rank + 1.0) / list.size();
        }
    }

    /**
     * The reciprocal of the rank behind a constant (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion, SIGIR 2009), times one more than the
     * constant: 1 for the first. Fused, this is weighted RRF on a scale whose best is 1; the order is the same.
     *
     * @param constant from 0; the larger, the less the first ranks stand out
     */
    record ReciprocalRank(int constant) implements Normalisation {
        public ReciprocalRank {
            if (constant < 0) {
                throw new IllegalArgumentException("the constant of RRF must be from 0, but is " + constant);
            }
        }

        @Override
        public String label() {
            return String.format(Locale.ROOT, "rrf%d", constant);
        }

        @Override
        public double of(int rank, double score, ListStatistics list) {
            return (constant + 1.0) / (constant + rank);
        }
    }
}
