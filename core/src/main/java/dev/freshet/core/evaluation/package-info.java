/**
 * How good a ranking is, given judgements: pure measures, defined as trec_eval defines them.
 *
 * <p>A ranking and the judgements of one query go in, a number between 0 and 1 comes out. Means are taken over every
 * judged query, also those for which nothing was retrieved (trec_eval's {@code -c}).
 */
@NullMarked
package dev.freshet.core.evaluation;

import org.jspecify.annotations.NullMarked;
