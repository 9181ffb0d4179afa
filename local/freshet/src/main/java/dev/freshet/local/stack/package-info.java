/** The local stack as a library: real OpenSearch, Kafka, Flink and the query API as child processes that are kept alive. */
@NullMarked
package dev.freshet.local.stack;

import org.jspecify.annotations.NullMarked;
