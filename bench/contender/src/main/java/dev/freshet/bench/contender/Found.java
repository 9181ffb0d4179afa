package dev.freshet.bench.contender;

import java.util.List;

/**
 * What a search found.
 *
 * @param millis from the call of the tool to its return, the query's embedding included
 * @param hits as the tool ordered them
 */
public record Found(double millis, List<Hit> hits) {}
