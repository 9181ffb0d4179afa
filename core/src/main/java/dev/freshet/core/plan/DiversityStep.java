package dev.freshet.core.plan;

/**
 * How hits differ from one another.
 *
 * @param collapseAbove cosine of two chunks above which they are one hit; 1 for never
 * @param mmr how much relevance counts beside difference; 1 for relevance alone
 * @param chunksPerDocument at most
 */
public record DiversityStep(double collapseAbove, double mmr, int chunksPerDocument) {
    /** Whether near-duplicates become one hit. */
    public boolean collapses() {
        return collapseAbove < 1;
    }

    /** Whether difference counts. */
    public boolean diversifies() {
        return mmr < 1;
    }
}
