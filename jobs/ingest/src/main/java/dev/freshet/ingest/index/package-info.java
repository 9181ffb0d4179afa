/** Writes to the index in bulk. In: index updates. Out: receipts, in order. Side outputs: dead letters of chunks that the index refused, markers of rebuilds. State: what is in flight. */
@NullMarked
package dev.freshet.ingest.index;

import org.jspecify.annotations.NullMarked;
