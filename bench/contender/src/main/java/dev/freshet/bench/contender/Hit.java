package dev.freshet.bench.contender;

/**
 * A chunk that a tool found.
 *
 * @param key of its page, see {@link PageChange#key}
 */
public record Hit(String key, double score) {}
