/** Search: a request becomes a query, legs answer, scores are fused, hits are written. */
@NullMarked
package dev.freshet.query.search;

import org.jspecify.annotations.NullMarked;
