/** Where raw records come from. In: a Kafka topic. Out: {@link dev.freshet.core.document.RawRecord}. State: offsets, in the source's checkpoints. */
@NullMarked
package dev.freshet.ingest.source;

import org.jspecify.annotations.NullMarked;
