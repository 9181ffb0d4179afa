/**
 * Retrieval without an engine: what is asked of the index, what its legs answer, how their scores become one order. In:
 * queries and scored chunks. Out: fused, grouped chunks. Pure, but for the ports to the index.
 */
@NullMarked
package dev.freshet.core.search;

import org.jspecify.annotations.NullMarked;
