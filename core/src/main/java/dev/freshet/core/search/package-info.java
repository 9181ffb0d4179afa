/**
 * The search index as searches see it: what is asked of it, what its legs answer, what may be seen of it. Queries and scored chunks, and the
 * ports that take the ones and give the others; no engine.
 */
@NullMarked
package dev.freshet.core.search;

import org.jspecify.annotations.NullMarked;
