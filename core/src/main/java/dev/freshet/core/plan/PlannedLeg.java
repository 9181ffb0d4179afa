package dev.freshet.core.plan;

import dev.freshet.core.search.Leg;

/**
 * A leg that runs.
 *
 * @param depth chunks at most
 * @param effort see {@link dev.freshet.core.search.LegQuery.Nearest}; 0 of other legs
 * @param weight of its scores
 */
public record PlannedLeg(Leg leg, int depth, int effort, double weight) {}
