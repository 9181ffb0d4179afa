/** How far the index follows the stream: the watermarks that the ingest job writes to Kafka, followed in the background. */
@NullMarked
package dev.freshet.query.freshness;

import org.jspecify.annotations.NullMarked;
