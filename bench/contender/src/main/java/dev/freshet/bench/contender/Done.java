package dev.freshet.bench.contender;

/**
 * A piece of work that is done: acknowledged by OpenSearch.
 *
 * @param embedded how many chunks were embedded
 * @param live how many chunks the pages have that the index should hold now
 */
public record Done(double seconds, long embedded, long live) {}
