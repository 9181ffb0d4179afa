package dev.freshet.core.search;

/**
 * How many chunks match.
 *
 * @param exact whether it is that many; else it is more
 */
public record HitCount(long value, boolean exact) {}
