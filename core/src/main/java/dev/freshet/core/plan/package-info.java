/**
 * From a request and what its query asks for to a plan: which legs run, how deep, with which weights, what follows, and why. In: request,
 * analysis, ranking profile. Out: a {@link dev.freshet.core.plan.SearchPlan}. Pure.
 */
@NullMarked
package dev.freshet.core.plan;

import org.jspecify.annotations.NullMarked;
