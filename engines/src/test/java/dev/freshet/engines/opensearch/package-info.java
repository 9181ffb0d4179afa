/** The adapter against a real OpenSearch process. */
@NullMarked
package dev.freshet.engines.opensearch;

import org.jspecify.annotations.NullMarked;
