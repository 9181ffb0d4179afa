package dev.freshet.core.search;

import java.util.Map;

/**
 * A chunk in the fused order.
 *
 * @param score from 0 to 1
 * @param legs the legs that found it
 */
public record FusedChunk(FoundChunk chunk, double score, Map<Leg, LegScore> legs) {}
