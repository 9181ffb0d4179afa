/**
 * Rerankers elsewhere, behind HTTP. In: a query and passages. Out: the scores that a server gives them, once all are known to be
 * scores of these passages. A server that fails is left alone for a while.
 */
@NullMarked
package dev.freshet.engines.rerank.http;

import org.jspecify.annotations.NullMarked;
