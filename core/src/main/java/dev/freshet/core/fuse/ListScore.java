package dev.freshet.core.fuse;

/**
 * What one list said of a thing.
 *
 * @param rank from 1
 * @param score of the list's own kind
 * @param normalized from 0 to 1, as it went into the fused score
 */
public record ListScore(int rank, double score, double normalized) {}
