/**
 * A real OpenSearch node with k-NN in a process of its own: Lucene, Jackson, Netty and Log4j never meet Flink's.
 *
 * <p>In: a data folder and a port. Out: the REST API on the loopback interface, the log on standard output.
 */
@NullMarked
package dev.freshet.local.opensearch;

import org.jspecify.annotations.NullMarked;
