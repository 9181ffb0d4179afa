/**
 * Cross-encoders: exported models that read query and passage together. In: a query and passages. Out: a score for each that the budget and
 * the limits on tokens allow.
 *
 * <p>Pairs of all calls that wait share calls of the model, where a trial showed that neighbours do not change scores. What nobody waits for any
 * longer is not begun. The files come from a folder, or once over HTTPS, and then only with the checksums that were stated.
 */
@NullMarked
package dev.freshet.engines.rerank.crossencoder;

import org.jspecify.annotations.NullMarked;
