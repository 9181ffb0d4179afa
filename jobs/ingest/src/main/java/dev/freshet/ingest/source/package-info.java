/**
 * Where raw records and commands come from. In: Kafka topics, files, or files and then topics. Out:
 * {@link dev.freshet.core.document.RawRecord}. State: offsets, in the source's checkpoints.
 */
@NullMarked
package dev.freshet.ingest.source;

import org.jspecify.annotations.NullMarked;
