/** Metrics in the Prometheus format. */
@NullMarked
package dev.freshet.query.metrics;

import org.jspecify.annotations.NullMarked;
