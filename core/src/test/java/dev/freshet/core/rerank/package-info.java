/** The contract of the port to rerankers, and a reranker for tests of what uses one. */
@NullMarked
package dev.freshet.core.rerank;

import org.jspecify.annotations.NullMarked;
