/** Tests of rerankers elsewhere, against a server that is made up. */
@NullMarked
package dev.freshet.engines.rerank.http;

import org.jspecify.annotations.NullMarked;
