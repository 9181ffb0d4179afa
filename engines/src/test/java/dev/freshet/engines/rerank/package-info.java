/** Tests of the choice among rerankers. */
@NullMarked
package dev.freshet.engines.rerank;

import org.jspecify.annotations.NullMarked;
