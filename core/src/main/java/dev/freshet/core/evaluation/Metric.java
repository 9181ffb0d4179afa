package dev.freshet.core.evaluation;

/** A measure of one query's ranking. */
public interface Metric {
    /** Such as {@code ndcg@10}. */
    String name();

    /**
     * Measures a ranking.
     *
     * @return between 0 and 1, more is better; 0 when nothing is relevant or nothing was retrieved
     */
    double measure(Ranking ranking, Judgements judgements);
}
