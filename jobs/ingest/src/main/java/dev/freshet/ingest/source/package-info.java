/**
 * Where raw records and commands come from. In: Kafka topics, files, or files and then topics. Out:
 * {@link dev.freshet.core.document.RawRecord}, {@link dev.freshet.core.control.ControlCommand}. State: offsets, in the sources'
 * checkpoints. Metric: {@code freshet.source.paused}, 1 while nothing is read.
 */
@NullMarked
package dev.freshet.ingest.source;

import org.jspecify.annotations.NullMarked;
