/**
 * A second look at the best candidates of a search, by a model that sees query and passage together. In: the query and its candidates. Out:
 * a score for each, which the ranking blends with the fused one. No state.
 */
@NullMarked
package dev.freshet.core.rerank;

import org.jspecify.annotations.NullMarked;
