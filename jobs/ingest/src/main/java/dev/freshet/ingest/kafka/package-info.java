/** How the job's clients reach Kafka; shared by the sources and the sinks. */
@NullMarked
package dev.freshet.ingest.kafka;

import org.jspecify.annotations.NullMarked;
