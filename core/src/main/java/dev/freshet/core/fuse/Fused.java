package dev.freshet.core.fuse;

import java.util.Map;

/**
 * A thing in the fused order.
 *
 * @param score from 0 to 1
 * @param lists what the lists that have it said of it, by their names
 * @param signal from 0 to 1; 0 where there is no signal
 */
public record Fused<T>(String id, T thing, double score, Map<String, ListScore> lists, double signal) {}
