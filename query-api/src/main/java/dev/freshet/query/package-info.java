/**
 * The query API: one package per feature, wired here. In: HTTP. Out: searches in OpenSearch, document changes to Kafka.
 * It keeps no state.
 */
@NullMarked
package dev.freshet.query;

import org.jspecify.annotations.NullMarked;
