/**
 * The search index on OpenSearch: index definitions, bulk writes fenced by external versions, hybrid search in one
 * {@code _msearch}. In: the records of {@code core.index} and {@code core.search}. Out: one outcome per write and leg;
 * whether a failure may pass is decided here and nowhere else.
 */
@NullMarked
package dev.freshet.engines.opensearch;

import org.jspecify.annotations.NullMarked;
