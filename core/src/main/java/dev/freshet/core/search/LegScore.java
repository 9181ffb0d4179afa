package dev.freshet.core.search;

/**
 * What one leg said of a chunk.
 *
 * @param rank from 1
 * @param score of the leg's own kind
 * @param normalized from 0 to 1, as it went into the fused score
 */
public record LegScore(int rank, double score, double normalized) {}
